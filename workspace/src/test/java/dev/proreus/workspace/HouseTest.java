package dev.proreus.workspace;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;
import dev.proreus.house.HouseModule.Rule;

class HouseTest extends HouseContract {

    private static final String SPOKEN = "its values are spoken by the packages around it, nearly type by type";

    HouseTest() {
        super(HouseModule.library("workspace", "dev.proreus.workspace")
                .neverTouching("io.grpc..", "io.netty..")
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.agent", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.canonical", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.engine", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.store", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.store.keys", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.store.rows", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.type", SPOKEN)
                .except(Rule.OPEN_PACKAGE, "dev.proreus.workspace.watch", SPOKEN));
    }
}
