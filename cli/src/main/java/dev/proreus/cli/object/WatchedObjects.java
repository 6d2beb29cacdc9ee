package dev.proreus.cli.object;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.loop.MainLoop;
import dev.proreus.cli.loop.Pace;
import dev.proreus.cli.watch.Change;
import dev.proreus.cli.watch.ResumingWatch;
import dev.proreus.cli.watch.Watcher;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.WatchRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A view kept true: the state as listed, then what the watch after it tells. Drivers are read again when an object or
 * an agent is new or an agent changes. The calling thread is the loop.
 */
final class WatchedObjects implements Watcher {
    private static final Duration SHOWN_EVERY = Duration.ofMillis(100);
    private static final Duration AGED_EVERY = Duration.ofSeconds(1);

    private final Connection connection;
    private final MainLoop loop;
    private final WatchRequest what;
    private final ResourceType type;
    private final ObjectView view;
    private final Pace pace;
    private final DerivedLookup lookup;
    private final Map<String, Object> objects = new LinkedHashMap<>();
    private @Nullable StatusRuntimeException failure;

    WatchedObjects(
            Connection connection, LongSupplier nanoTime, WatchRequest what, ResourceType type, ObjectView view) {
        this.connection = connection;
        this.loop = new MainLoop(nanoTime);
        this.what = what;
        this.type = type;
        this.view = view;
        this.pace = new Pace(loop, SHOWN_EVERY, this::show);
        this.lookup = new DerivedLookup(connection, loop, what, this::refreshed);
    }

    /** Shows the state and its changes until nobody reads any more. */
    void follow() {
        ListResponse state = what.getName().isEmpty() ? list() : get();
        lookup.seed(state.getItemsList());
        List<Object> known =
                state.getItemsList().stream().map(ListItem::getObject).toList();
        known.forEach(object -> objects.put(object.getMetadata().getName(), object));
        view.begin(state.getItemsList());
        pace.ask();
        age();
        try (ResumingWatch watch = new ResumingWatch(connection.channel(), loop, what, this);
                ResumingWatch agents = new ResumingWatch(connection.channel(), loop, agents(), new AgentWatcher())) {
            watch.startAfter(known, state.getRevision(), state.getIncarnation());
            if (!type.getSystem()) {
                agents.start();
            }
            loop.run();
        }
        if (failure != null) {
            throw connection.failure(failure);
        }
    }

    @Override
    public void changed(Change change) {
        String name = change.object().getMetadata().getName();
        switch (change.kind()) {
            case ADDED -> {
                objects.put(name, change.object());
                refreshDrivers();
            }
            case MODIFIED -> objects.put(name, change.object());
            case DELETED, LEFT -> objects.remove(name);
        }
        view.changed(change, item(change.object()));
        pace.ask();
    }

    @Override
    public void refused(StatusRuntimeException refusal) {
        failure = refusal;
        loop.end();
    }

    private void refreshDrivers() {
        if (!type.getSystem()) {
            lookup.refresh();
        }
    }

    private void refreshed() {
        objects.values().forEach(object -> view.derived(item(object)));
        pace.ask();
    }

    private void show() {
        if (!view.show()) {
            loop.end();
        }
    }

    /** Shows again now and then, since ages grow by themselves. */
    private void age() {
        loop.after(AGED_EVERY, () -> {
            pace.ask();
            age();
        });
    }

    private ListItem item(Object object) {
        return ListItem.newBuilder()
                .setObject(object)
                .setDerived(HealthRule.derive(
                        object, lookup.driver(object.getMetadata().getName())))
                .build();
    }

    private WatchRequest agents() {
        return WatchRequest.newBuilder()
                .setWorkspace(what.getWorkspace())
                .setType("agents.proreus.dev")
                .build();
    }

    private ListResponse get() {
        GetRequest request = GetRequest.newBuilder()
                .setWorkspace(what.getWorkspace())
                .setType(what.getType())
                .setName(what.getName())
                .build();
        GetResponse found = connection.call(ObjectServiceGrpc.getGetMethod(), request);
        return ListResponse.newBuilder()
                .addItems(ListItem.newBuilder().setObject(found.getObject()).setDerived(found.getDerived()))
                .setRevision(found.getRevision())
                .setIncarnation(found.getIncarnation())
                .build();
    }

    private ListResponse list() {
        List<ListItem> items = new ArrayList<>();
        ListResponse page = ListResponse.getDefaultInstance();
        do {
            ListRequest request = ListRequest.newBuilder()
                    .setWorkspace(what.getWorkspace())
                    .setType(what.getType())
                    .setLabelSelector(what.getLabelSelector())
                    .setFieldSelector(what.getFieldSelector())
                    .setPageToken(page.getNextPageToken())
                    .build();
            page = connection.call(ObjectServiceGrpc.getListMethod(), request);
            items.addAll(page.getItemsList());
        } while (!page.getNextPageToken().isEmpty());
        return page.toBuilder().clearItems().addAllItems(items).build();
    }

    /** Agents of the workspace: whatever happens to one may change who drives, or whether anyone is there to. */
    private final class AgentWatcher implements Watcher {
        @Override
        public void changed(Change change) {
            lookup.refresh();
        }

        @Override
        public void refused(StatusRuntimeException refusal) {
            // Only the column of agents goes stale; the objects' own watch tells whether something is wrong.
        }
    }
}
