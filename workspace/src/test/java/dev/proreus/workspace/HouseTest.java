package dev.proreus.workspace;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("workspace", "dev.proreus.workspace")
                .neverTouching("io.grpc..", "io.netty..")
                .except(
                        HouseModule.Rule.WAITING,
                        "dev.proreus.workspace.engine.Aside",
                        "whoever opens an engine waits for its store to be read")
                .except(
                        HouseModule.Rule.CLASS_CYCLES,
                        "dev.proreus.workspace.canonical",
                        "values lie within values, and each kind of field knows how to read and write its own")
                .except(
                        HouseModule.Rule.CLASS_CYCLES,
                        "dev.proreus.workspace.store.keys.KeyRanges",
                        "is a part of Keys")
                .except(
                        HouseModule.Rule.CLASS_CYCLES,
                        "dev.proreus.workspace.store.memory.MemoryStore",
                        "its cursors and views are parts of it")
                .except(
                        HouseModule.Rule.CLASS_CYCLES,
                        "dev.proreus.workspace.store.rocksdb.RocksDbStore",
                        "its cursors and views are parts of it"));
    }
}
