package dev.proreus.workspace.canonical;

/**
 * A link to an object of the same workspace that owns this one.
 *
 * @param type full name of the owner's resource type, such as {@code sites.fleet.example.com}
 * @param name name of the owner
 * @param uid uid of the owner, a lower-case UUID
 * @param blockDeletion whether deletion of the owner in the foreground waits for this object
 */
public record OwnerReference(String type, String name, String uid, boolean blockDeletion) {}
