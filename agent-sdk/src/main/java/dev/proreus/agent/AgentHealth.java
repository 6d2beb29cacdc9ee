package dev.proreus.agent;

/**
 * Whether an agent does its work now.
 *
 * @param light green or red
 * @param reason why, a sentence for people; empty where it is green
 */
public record AgentHealth(Light light, String reason) {
    /** The two states of health. */
    public enum Light {
        /** Connected, and every claim is held. */
        GREEN,
        /** Not connected, a claim refused, superseded or closed. */
        RED
    }

    /** Connected, and every claim is held. */
    public static AgentHealth green() {
        return new AgentHealth(Light.GREEN, "");
    }

    /** Something is wrong. */
    public static AgentHealth red(String reason) {
        return new AgentHealth(Light.RED, reason);
    }

    /** Returns whether it is green. */
    public boolean isGreen() {
        return light == Light.GREEN;
    }
}
