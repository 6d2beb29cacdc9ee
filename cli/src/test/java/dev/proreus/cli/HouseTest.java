package dev.proreus.cli;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;
import dev.proreus.house.HouseModule.Rule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("cli", "dev.proreus.cli")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.cli.Main", "composes")
                .except(Rule.CLASS_CYCLES, "dev.proreus.cli.object.ObjectView", "picks one of its forms"));
    }
}
