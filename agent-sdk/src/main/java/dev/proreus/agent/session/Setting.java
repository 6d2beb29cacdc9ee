package dev.proreus.agent.session;

import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.pace.Backoff;
import dev.proreus.agent.pace.Loop;

/**
 * What all sessions of an agent have in common.
 *
 * @param plan what the agent is and does
 * @param instance random name of this process's agent
 * @param loop the agent's thread
 * @param backoff the delays between tries
 */
record Setting(AgentPlan plan, String instance, Loop loop, Backoff backoff) {}
