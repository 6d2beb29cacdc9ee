package dev.proreus.loadtest;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;
import dev.proreus.house.HouseModule.Rule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("loadtest", "dev.proreus.loadtest")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.loadtest.Main", "composes"));
    }
}
