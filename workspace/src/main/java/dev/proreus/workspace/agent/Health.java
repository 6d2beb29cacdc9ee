package dev.proreus.workspace.agent;

/** How an object fares, derived when it is read. */
public enum Health {
    /** Ready is True for the newest generation and the driver is present. */
    HEALTHY,
    /** The driver is present and works towards the newest generation. */
    PROGRESSING,
    /** Ready is False or Stalled is True for the newest generation. */
    DEGRADED,
    /** Nobody can say: the driver is away, or there is none and no condition. */
    UNKNOWN
}
