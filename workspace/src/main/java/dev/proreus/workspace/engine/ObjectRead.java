package dev.proreus.workspace.engine;

import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.agent.Derived;

/**
 * One object as it was read.
 *
 * @param state the object
 * @param derived what is derived from it
 * @param revision the workspace's revision that the read saw
 */
public record ObjectRead(ObjectState state, Derived derived, long revision) {}
