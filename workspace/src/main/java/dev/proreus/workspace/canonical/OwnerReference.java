package dev.proreus.workspace.canonical;

import dev.proreus.workspace.Names;

/**
 * A link to an object of the same workspace that owns this one.
 *
 * @param type full name of the owner's resource type, such as {@code sites.fleet.example.com}
 * @param name name of the owner
 * @param uid uid of the owner, a lower-case UUID
 * @param blockDeletion whether deletion of the owner in the foreground waits for this object
 */
public record OwnerReference(String type, String name, String uid, boolean blockDeletion) {
    /** Reads one that comes from outside, between the cursor and {@code end}. */
    static OwnerReference walk(String path, WireCursor in, int end, Violations violations) {
        ScalarWalk scalars = new ScalarWalk(in, violations);
        OwnerReference owner = new OwnerReference("", "", "", false);
        while (in.at() < end) {
            int tag = in.tag(end);
            switch (tag) {
                case Tags.OWNER_TYPE -> owner = owner.withType(scalars.text(tag, path + ".type", end));
                case Tags.OWNER_NAME -> owner = owner.withName(scalars.text(tag, path + ".name", end));
                case Tags.OWNER_UID -> owner = owner.withUid(scalars.uid(tag, path + ".uid", end));
                case Tags.OWNER_BLOCK_DELETION ->
                    owner = owner.withBlockDeletion(scalars.flag(tag, path + ".blockDeletion", end));
                default -> scalars.stray(tag, Tags.OWNER_FIELDS, path, end);
            }
        }
        violations.addUnlessEmpty(path + ".type", Names.violationOfName(owner.type));
        violations.addUnlessEmpty(path + ".name", Names.violationOfName(owner.name));
        violations.addUnlessEmpty(path + ".uid", owner.uid.isEmpty() ? "must be given" : "");
        return owner;
    }

    /** Reads one that is canonical. */
    static OwnerReference read(WireCursor in, int end) {
        OwnerReference owner = new OwnerReference("", "", "", false);
        while (in.at() < end) {
            int tag = in.tag(end);
            switch (tag) {
                case Tags.OWNER_TYPE -> owner = owner.withType(in.text(end));
                case Tags.OWNER_NAME -> owner = owner.withName(in.text(end));
                case Tags.OWNER_UID -> owner = owner.withUid(in.text(end));
                case Tags.OWNER_BLOCK_DELETION -> owner = owner.withBlockDeletion(in.varint(end) != 0);
                default -> throw new IllegalArgumentException(Tags.violation(tag, Tags.OWNER_FIELDS));
            }
        }
        return owner;
    }

    /** Writes the fields of this one. */
    void write(WireBuffer out) {
        out.textUnlessEmpty(Tags.OWNER_TYPE, type);
        out.textUnlessEmpty(Tags.OWNER_NAME, name);
        out.textUnlessEmpty(Tags.OWNER_UID, uid);
        out.varintUnlessZero(Tags.OWNER_BLOCK_DELETION, blockDeletion ? 1 : 0);
    }

    private OwnerReference withType(String newType) {
        return new OwnerReference(newType, name, uid, blockDeletion);
    }

    private OwnerReference withName(String newName) {
        return new OwnerReference(type, newName, uid, blockDeletion);
    }

    private OwnerReference withUid(String newUid) {
        return new OwnerReference(type, name, newUid, blockDeletion);
    }

    private OwnerReference withBlockDeletion(boolean block) {
        return new OwnerReference(type, name, uid, block);
    }
}
