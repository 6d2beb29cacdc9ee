package dev.proreus.agent.reconcile;

/**
 * Which object, among all of an agent.
 *
 * @param handler index of the handler, in the order of {@code manage}
 * @param name the object's name
 */
public record ObjectKey(int handler, String name) {}
