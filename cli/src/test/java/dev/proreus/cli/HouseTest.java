package dev.proreus.cli;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("cli", "dev.proreus.cli"));
    }
}
