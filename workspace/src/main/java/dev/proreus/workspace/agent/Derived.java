package dev.proreus.workspace.agent;

/**
 * What is derived from an object and others when it is read.
 *
 * @param health how the object fares
 * @param driver name of the agent that drives it; empty where no claim covers it
 * @param driverConnected whether that agent is recorded as connected
 */
public record Derived(Health health, String driver, boolean driverConnected) {}
