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
                        "whoever opens an engine waits for its store to be read"));
    }
}
