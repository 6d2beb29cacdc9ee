package dev.proreus.server;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("server", "dev.proreus.server"));
    }
}
