package dev.proreus.guarantees;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("guarantees", "dev.proreus.guarantees")
                .neverTouching("io.netty..")
                .except(
                        HouseModule.Rule.CLASS_CYCLES,
                        "dev.proreus.guarantees.file.stored",
                        "generated from the protos"));
    }
}
