package dev.proreus.agent;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("agent-sdk", "dev.proreus.agent")
                .neverTouching("io.netty..")
                .except(
                        HouseModule.Rule.TIME_CHANCE_THREADS,
                        "dev.proreus.agent.runtime.RuntimeStarter",
                        "makes the threads, the clock and the chance of an agent, for all the others"));
    }
}
