package dev.proreus.server.agent;

import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Role;
import dev.proreus.v1.Scope;
import dev.proreus.v1.Subscribe;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchMode;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that an agent asks for, well-formed.
 *
 * @param number the client's number, an unsigned 32-bit one, not 0
 * @param type the resource type
 * @param claim what the agent wants to drive
 * @param mode which changes it is to be given
 * @param cursor where it stopped; null where it knows nothing
 */
record SubscriptionWish(
        int number,
        TypeDefinition type,
        Claim claim,
        WatchMode mode,
        @Nullable Cursor cursor) {
    /**
     * Reads what is asked for in a workspace.
     *
     * @throws RefusedException where it is malformed, names no type, or asks for what is not built
     */
    static SubscriptionWish read(TypeCatalog types, Workspace home, Subscribe asked) {
        checkBuilt(asked);
        Role unusedRole = Checks.known("role", asked.getRole(), asked.getRoleValue());
        Scope unusedScope = Checks.known("scope", asked.getScope(), asked.getScopeValue());
        if (asked.getSubscription() == 0) {
            throw bad("subscription is 0: number subscriptions from 1");
        }
        TypeDefinition type = types.resolve(home, asked.getType());
        if (type.system()) {
            throw bad("no agent can drive " + type.names().full()
                            + ", which the server writes itself: claim objects of a type of your own")
                    .with("type", type.names().full());
        }
        Cursor cursor = asked.hasCursor() ? asked.getCursor() : null;
        if (cursor != null && cursor.getRevision() < 0) {
            throw bad("cursor.revision is negative: send the revision of a bookmark or an event, or no cursor");
        }
        return new SubscriptionWish(asked.getSubscription(), type, claim(type, asked), mode(asked), cursor);
    }

    /**
     * Refuses what the contract names and this version does not do.
     *
     * @throws RefusedException with NOT_BUILT_YET
     */
    static void checkBuilt(Subscribe asked) {
        NotBuiltYet.check(asked.getRole() == Role.ROLE_OBSERVE, "role ROLE_OBSERVE");
        NotBuiltYet.check(asked.getScope() == Scope.SCOPE_SUBTREE, "scope SCOPE_SUBTREE");
        NotBuiltYet.check(!asked.getLabelSelector().isEmpty(), "label_selector");
        NotBuiltYet.check(!asked.getFieldSelector().isEmpty(), "field_selector");
        NotBuiltYet.check(!asked.getCursor().getResumeToken().isEmpty(), "cursor.resume_token");
    }

    /** Returns the refusal of a number that an active subscription has. */
    static RefusedException numberTaken(int number) {
        return bad("subscription " + Integer.toUnsignedString(number)
                + " is active already in this session: give each subscription a number of its own");
    }

    /** Returns the refusal of a claim that the session has a subscription for. */
    static RefusedException claimTaken(SubscriptionWish wish) {
        return bad("this session has a subscription for " + wish.claim() + " of "
                + wish.type().names().full() + " already: use that one");
    }

    /** An agent makes the newest state so: what lies between is of no use to it, unless it says so. */
    private static WatchMode mode(Subscribe asked) {
        DeliveryMode mode = Checks.known("mode", asked.getMode(), asked.getModeValue());
        return mode == DeliveryMode.DELIVERY_MODE_EVERY ? WatchMode.EVERY : WatchMode.LATEST;
    }

    private static Claim claim(TypeDefinition type, Subscribe asked) {
        return switch (asked.getClaimCase()) {
            case NAME -> named(type, asked.getName());
            case ASSIGNMENT_VALUE -> assignment(type, asked.getAssignmentValue());
            case WHOLE_TYPE -> {
                if (!asked.getWholeType()) {
                    throw noClaim();
                }
                yield new Claim(type.id(), Claim.Kind.WHOLE_TYPE, "");
            }
            case CLAIM_NOT_SET -> throw noClaim();
        };
    }

    private static Claim assignment(TypeDefinition type, String value) {
        if (type.assignmentField().isEmpty()) {
            throw bad("type " + type.names().full() + " has no assignmentField, so no value of it can be claimed: "
                            + "claim names or the whole type, or give the type an assignmentField such as spec.agent")
                    .with("type", type.names().full());
        }
        if (value.isEmpty() || value.length() > Limits.NAME_CHARS) {
            throw bad("assignment_value is " + value.length() + " characters long: name one value of "
                    + type.assignmentField() + ", of at most " + Limits.NAME_CHARS + " characters");
        }
        if (Checks.hasControls(value)) {
            throw Checks.refusal("assignment_value", Checks.NO_CONTROLS);
        }
        return new Claim(type.id(), Claim.Kind.ASSIGNMENT, value);
    }

    private static Claim named(TypeDefinition type, String name) {
        String violation = Names.violationOfName(name);
        if (!violation.isEmpty()) {
            throw bad("name " + violation);
        }
        return new Claim(type.id(), Claim.Kind.NAME, name);
    }

    private static RefusedException noClaim() {
        return bad("the subscription claims nothing: set name, assignment_value or whole_type: true");
    }

    private static RefusedException bad(String message) {
        return RefusedException.because(Reason.BAD_REQUEST, message);
    }
}
