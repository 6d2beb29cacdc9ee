package dev.proreus.agent;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;
import dev.proreus.house.HouseModule.Rule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.library("agent-sdk", "dev.proreus.agent")
                .neverTouching("io.netty..")
                .except(
                        Rule.TIME_CHANCE_THREADS,
                        "dev.proreus.agent.runtime.RuntimeStarter",
                        "starts the threads and draws the instance id")
                .except(
                        Rule.TIME_CHANCE_THREADS,
                        "dev.proreus.agent.runtime.Standing",
                        "measures how long its caller waits")
                .except(Rule.CLASS_CYCLES, "dev.proreus.agent.AgentBuilder", "is made by what it builds")
                .except(Rule.CLASS_CYCLES, "dev.proreus.agent.Fields", "values lie within fields within values"));
    }
}
