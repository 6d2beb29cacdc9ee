package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What contracts over any store begin with: an engine with a workspace and the type of robots. */
abstract class RobotsContract {
    Store store;
    EngineFixture fixture;
    Workspace acme;
    TypeDefinition robots;

    abstract Store openStore();

    abstract void release(Store used);

    @BeforeEach
    void open() {
        store = openStore();
        fixture = new EngineFixture(store, 7);
        acme = fixture.create("root:acme");
        robots = fixture.defineRobots("root");
    }

    @AfterEach
    void close() {
        fixture.close();
        release(store);
    }
}
