package dev.proreus.agent;

import java.time.Duration;

/**
 * What an agent does with the objects of one type: which it drives, and how.
 *
 * @param type any name of the resource type, such as {@code robots}
 * @param claim which objects
 * @param resync how often each object is reconciled again though nothing has changed, give or take a tenth; zero is
 *     never
 * @param reconciler brings an object closer to its spec
 */
public record Handler(String type, Claim claim, Duration resync, Reconciler reconciler) {}
