package dev.proreus.agent;

import java.util.Map;

/**
 * An object as an agent sees it: the newest state that the server delivered, with the agent's own newest report already
 * in its status.
 *
 * <p>Immutable, hence safe for use by several threads.
 *
 * @param workspace path of the workspace, such as {@code root:acme}
 * @param type the resource type, by the name that the agent subscribed with
 * @param name the name, unique among the objects of its type in its workspace
 * @param uid identity of this incarnation of the name; another one after delete and re-create
 * @param generation count of changes of the spec, from 1
 * @param resourceVersion the revision at which the object last changed
 * @param labels short keys and values
 * @param spec the desired state
 * @param status the observed state, with {@code conditions} and {@code observedGeneration}
 */
public record AgentObject(
        String workspace,
        String type,
        String name,
        String uid,
        long generation,
        long resourceVersion,
        Map<String, String> labels,
        Fields spec,
        Fields status) {
    /** Copies the labels and names spec and status for messages. */
    public AgentObject {
        labels = Map.copyOf(labels);
        spec = spec.at("spec");
        status = status.at("status");
    }

    /** Returns this object with another status. */
    public AgentObject withStatus(Fields newStatus, long newResourceVersion) {
        return new AgentObject(workspace, type, name, uid, generation, newResourceVersion, labels, spec, newStatus);
    }

    /** Returns which object this is and no more of it, for logs. */
    @Override
    public String toString() {
        return type + "/" + name + " in " + workspace + " (generation " + generation + ")";
    }
}
