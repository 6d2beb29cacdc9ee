package dev.proreus.loadtest;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("loadtest", "dev.proreus.loadtest"));
    }
}
