package dev.proreus.guarantees;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("guarantees", "dev.proreus.guarantees").neverTouching("io.netty.."));
    }
}
