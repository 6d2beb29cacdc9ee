package dev.proreus.v1;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("proto", "dev.proreus.v1")
                .except(HouseModule.Rule.CLASS_CYCLES, "dev.proreus.v1..", "generated from the protos"));
    }
}
