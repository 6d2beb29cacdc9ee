package dev.proreus.workspace;

/**
 * How much a workspace may hold.
 *
 * @param own what it may hold itself
 * @param subtree what it and all workspaces below it may hold together
 */
public record Quotas(Quota own, Quota subtree) {
    /** Whatever comes. */
    public static final Quotas UNLIMITED = new Quotas(Quota.UNLIMITED, Quota.UNLIMITED);
}
