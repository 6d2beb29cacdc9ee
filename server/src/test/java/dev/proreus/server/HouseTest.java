package dev.proreus.server;

import dev.proreus.house.HouseContract;
import dev.proreus.house.HouseModule;
import dev.proreus.house.HouseModule.Rule;

class HouseTest extends HouseContract {

    HouseTest() {
        super(HouseModule.program("server", "dev.proreus.server")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.Main", "composes")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.ControlPlaneServer", "composes")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.ServeCommand", "composes")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.ServerOptions", "names the real world once")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.Observability", "composes")
                .except(
                        Rule.TIME_CHANCE_THREADS,
                        "dev.proreus.server.DoctorCommand",
                        "shows whoever waits that it lives")
                .except(
                        Rule.TIME_CHANCE_THREADS,
                        "dev.proreus.server.Lifetime",
                        "stops the process from threads of its own")
                .except(Rule.TIME_CHANCE_THREADS, "dev.proreus.server.NamedThreads", "is what the others are given")
                .except(
                        Rule.CLASS_CYCLES,
                        "dev.proreus.server.agent.AgentSession",
                        "its conversation ends it, and the registry ends the one that another has fenced")
                .except(
                        Rule.CLASS_CYCLES,
                        "dev.proreus.server.agent.SubscriptionFeed",
                        "is one of those that share a stream, and tells them what it got of it")
                .except(Rule.CLASS_CYCLES, "dev.proreus.server.rpc.raw", "generated from the protos"));
    }
}
