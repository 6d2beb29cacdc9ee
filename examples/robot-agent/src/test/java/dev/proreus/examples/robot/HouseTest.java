package dev.proreus.examples.robot;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("examples/robot-agent", "dev.proreus.examples.robot"));
    }
}
