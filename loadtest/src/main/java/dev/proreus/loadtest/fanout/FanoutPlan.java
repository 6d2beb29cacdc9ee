package dev.proreus.loadtest.fanout;

import java.time.Duration;

/**
 * What a run is to do.
 *
 * @param watchers streams that watch the type
 * @param events writes, each of which every watcher must get
 * @param connections connections that the streams are spread over
 * @param inFlight writes that may be unanswered at a time
 * @param timeout how long the whole run may take
 */
record FanoutPlan(int watchers, int events, int connections, int inFlight, Duration timeout) {}
