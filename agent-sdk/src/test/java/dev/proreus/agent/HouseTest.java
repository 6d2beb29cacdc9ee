package dev.proreus.agent;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("agent-sdk", "dev.proreus.agent").neverTouching("io.netty.."));
    }
}
