package dev.proreus.cli.object;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.loop.Loop;
import dev.proreus.v1.Driver;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who drives each watched object, read anew when asked: it may change without any change of the object. One reading is
 * under way at a time; asked for meanwhile, another follows. Confined to the loop.
 */
final class DerivedLookup {
    private final Connection connection;
    private final Loop loop;
    private final WatchRequest what;
    private final Runnable refreshed;
    private Map<String, Driver> drivers = new HashMap<>();
    private boolean reading;
    private boolean again;

    DerivedLookup(Connection connection, Loop loop, WatchRequest what, Runnable refreshed) {
        this.connection = connection;
        this.loop = loop;
        this.what = what;
        this.refreshed = refreshed;
    }

    /** Takes what was read elsewhere. */
    void seed(List<ListItem> items) {
        items.forEach(item -> put(drivers, item));
    }

    /** Returns who drives the object, as last read; empty where nobody does. */
    Optional<Driver> driver(String name) {
        return Optional.ofNullable(drivers.get(name));
    }

    /** Reads anew; a failure leaves what was read before, and the next asking reads again. */
    void refresh() {
        again = reading;
        if (!reading) {
            reading = true;
            if (what.getName().isEmpty()) {
                page("", new HashMap<>());
            } else {
                single();
            }
        }
    }

    private void single() {
        GetRequest request = GetRequest.newBuilder()
                .setWorkspace(what.getWorkspace())
                .setType(what.getType())
                .setName(what.getName())
                .build();
        connection.callWhenReady(ObjectServiceGrpc.getGetMethod(), request, answer((GetResponse response) -> {
            Map<String, Driver> read = new HashMap<>();
            put(
                    read,
                    ListItem.newBuilder()
                            .setObject(response.getObject())
                            .setDerived(response.getDerived())
                            .build());
            done(read);
        }));
    }

    private void page(String token, Map<String, Driver> read) {
        ListRequest request = ListRequest.newBuilder()
                .setWorkspace(what.getWorkspace())
                .setType(what.getType())
                .setLabelSelector(what.getLabelSelector())
                .setFieldSelector(what.getFieldSelector())
                .setPageToken(token)
                .build();
        connection.callWhenReady(ObjectServiceGrpc.getListMethod(), request, answer((ListResponse response) -> {
            response.getItemsList().forEach(item -> put(read, item));
            if (response.getNextPageToken().isEmpty()) {
                done(read);
            } else {
                page(response.getNextPageToken(), read);
            }
        }));
    }

    private void done(Map<String, Driver> read) {
        drivers = read;
        ended();
        refreshed.run();
    }

    private void ended() {
        reading = false;
        if (again) {
            refresh();
        }
    }

    private static void put(Map<String, Driver> drivers, ListItem item) {
        if (item.getDerived().hasDriver()) {
            drivers.put(
                    item.getObject().getMetadata().getName(), item.getDerived().getDriver());
        }
    }

    private <A> StreamObserver<A> answer(Consumer<A> then) {
        return new StreamObserver<>() {
            @Override
            public void onNext(A response) {
                loop.hand(() -> then.accept(response));
            }

            @Override
            public void onError(Throwable failure) {
                loop.hand(DerivedLookup.this::ended);
            }

            @Override
            public void onCompleted() {}
        };
    }
}
