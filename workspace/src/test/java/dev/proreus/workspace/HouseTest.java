package dev.proreus.workspace;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("workspace", "dev.proreus.workspace").neverTouching("io.grpc..", "io.netty.."));
    }
}
