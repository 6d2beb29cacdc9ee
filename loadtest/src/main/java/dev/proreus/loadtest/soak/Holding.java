package dev.proreus.loadtest.soak;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.loadtest.client.Letters;
import dev.proreus.loadtest.client.TypeDefinition;
import dev.proreus.loadtest.soak.Calls.RefusedCallException;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One workspace of a client, and what must be in it. For one thread. */
final class Holding {
    /** The type that all workspaces share. */
    static final TypeDefinition SHARED = new TypeDefinition("thing", "soak.example.com", true);

    /** The type that each workspace defines for itself. */
    static final TypeDefinition OWN = new TypeDefinition("note", "own.example.com", false);

    private static final List<TypeDefinition> TYPES = List.of(SHARED, OWN);
    private static final String AGENTS = "agents.proreus.dev";
    private static final String NOT_EMPTY = "WORKSPACE_NOT_EMPTY";
    private static final String OBJECT_GONE = "OBJECT_NOT_FOUND";
    private static final String WORKSPACE_GONE = "WORKSPACE_NOT_FOUND";
    private static final String TEXT = "text";
    private static final int OBJECTS_OF_A_TYPE = 20;
    private static final int PAGE = 7;

    /** Tries to delete a workspace: an agent that has just left may have left something behind it. */
    private static final int DELETIONS = 5;

    /** One write in so many deletes an object. */
    private static final int DELETES_ONE_IN = 5;

    private final String path;
    private final Letters letters;
    private final Calls calls;
    private final Ledger ledger;
    private final RandomGenerator random;

    /** The number of each object's text, by type and name. */
    private final Map<String, Map<String, Integer>> objects = new TreeMap<>();

    Holding(String path, Letters letters, Calls calls, Ledger ledger, RandomGenerator random) {
        this.path = path;
        this.letters = letters;
        this.calls = calls;
        this.ledger = ledger;
        this.random = random;
        TYPES.forEach(type -> objects.put(type.name(), new TreeMap<>()));
    }

    String path() {
        return path;
    }

    /** Makes the workspace, and its own type in it. */
    void make() throws RefusedCallException {
        create(path);
        calls.call(ObjectServiceGrpc.getApplyMethod(), OWN.in(path));
        ledger.count(Ledger.Entry.WRITES);
    }

    /** Makes an empty child workspace. */
    void makeChild() throws RefusedCallException {
        create(path + ":child");
    }

    /** Takes the child away again. */
    void removeChild() throws RefusedCallException {
        remove(path + ":child", false);
    }

    private void create(String workspace) throws RefusedCallException {
        calls.call(
                WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                CreateWorkspaceRequest.newBuilder().setWorkspace(workspace).build(),
                "ALREADY_EXISTS");
        ledger.count(Ledger.Entry.WORKSPACES_MADE);
    }

    /** Writes or deletes an object. */
    void step() throws RefusedCallException {
        String type = TYPES.get(random.nextInt(TYPES.size())).name();
        String name = "object-" + random.nextInt(OBJECTS_OF_A_TYPE);
        Map<String, Integer> held = objects.getOrDefault(type, Map.of());
        if (held.containsKey(name) && random.nextInt(DELETES_ONE_IN) == 0) {
            delete(type, name);
            held.remove(name);
        } else {
            int text = random.nextInt(Integer.MAX_VALUE);
            calls.call(ObjectServiceGrpc.getApplyMethod(), apply(type, name, text));
            held.put(name, text);
        }
        ledger.count(Ledger.Entry.WRITES);
    }

    private ApplyRequest apply(String type, String name, int text) {
        return ApplyRequest.newBuilder()
                .setWorkspace(path)
                .setType(type)
                .setName(name)
                .setObject(Object.newBuilder()
                        .setSpec(Struct.newBuilder()
                                .putFields(
                                        TEXT,
                                        Value.newBuilder()
                                                .setStringValue(letters.piece(text))
                                                .build())))
                .build();
    }

    private void delete(String type, String name) throws RefusedCallException {
        calls.call(
                ObjectServiceGrpc.getDeleteMethod(),
                DeleteRequest.newBuilder()
                        .setWorkspace(path)
                        .setType(type)
                        .setName(name)
                        .build(),
                OBJECT_GONE);
    }

    /** Reads everything back and compares. */
    void compare() throws RefusedCallException {
        for (TypeDefinition type : TYPES) {
            Map<String, Integer> expected = objects.getOrDefault(type.name(), Map.of());
            Map<String, String> found = new TreeMap<>();
            for (Object each : list(type.name())) {
                found.put(
                        each.getMetadata().getName(),
                        each.getSpec()
                                .getFieldsOrDefault(TEXT, Value.getDefaultInstance())
                                .getStringValue());
            }
            expected.forEach((name, text) -> {
                ledger.count(Ledger.Entry.READ_BACK);
                if (!letters.piece(text).equals(found.remove(name))) {
                    different(type, name + " is not as it was written");
                }
            });
            found.keySet().forEach(name -> different(type, name + " is there, though it was deleted or never written"));
        }
    }

    private void different(TypeDefinition type, String what) {
        ledger.count(Ledger.Entry.DIFFERENT);
        ledger.fault(path + ": " + type.name() + " " + what);
    }

    private List<Object> list(String type) throws RefusedCallException {
        List<Object> all = new ArrayList<>();
        String token = "";
        do {
            ListResponse page = calls.call(
                            ObjectServiceGrpc.getListMethod(),
                            ListRequest.newBuilder()
                                    .setWorkspace(path)
                                    .setType(type)
                                    .setPageSize(PAGE)
                                    .setPageToken(token)
                                    .build())
                    .orElseThrow();
            page.getItemsList().stream().map(ListItem::getObject).forEach(all::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    /**
     * Takes the workspace away.
     *
     * @param force whether with all that is in it, else after that was deleted
     */
    void leave(boolean force) throws RefusedCallException {
        for (int i = 1; ; i++) {
            if (!force) {
                for (String type : List.of(SHARED.name(), OWN.name(), AGENTS, TypeDefinition.TYPES)) {
                    for (Object each : list(type)) {
                        delete(type, each.getMetadata().getName());
                    }
                }
            }
            try {
                remove(path, force);
                return;
            } catch (RefusedCallException e) {
                if (!e.reason().equals(NOT_EMPTY) || i == DELETIONS) {
                    throw e;
                }
            }
        }
    }

    private void remove(String workspace, boolean force) throws RefusedCallException {
        calls.call(
                WorkspaceServiceGrpc.getDeleteWorkspaceMethod(),
                DeleteWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setForce(force)
                        .build(),
                WORKSPACE_GONE,
                "WORKSPACE_DELETED");
        // By force the child goes along.
        ledger.count(Ledger.Entry.WORKSPACES_DELETED, force ? 2 : 1);
        try {
            calls.call(
                    WorkspaceServiceGrpc.getGetWorkspaceMethod(),
                    GetWorkspaceRequest.newBuilder().setWorkspace(workspace).build());
            ledger.fault(workspace + " can be read, though its deletion was answered");
        } catch (RefusedCallException e) {
            if (!e.reason().equals(WORKSPACE_GONE)) {
                throw e;
            }
        }
    }
}
