package dev.proreus.guarantees;

/**
 * What a recording keeps of one state of an object. Equal states are kept once.
 *
 * @param key which object
 * @param uid its identity
 * @param resourceVersion the revision at which it got this state
 * @param generation how often its spec has changed
 * @param digest 64 bits of the whole object
 * @param specDigest 64 bits of its spec alone, by which a state is matched with the request that made it
 * @param facts what selectors can see of it
 */
public record State(
        Key key, String uid, long resourceVersion, long generation, long digest, long specDigest, Facts facts) {
    /** Returns the state as people read it. */
    @Override
    public String toString() {
        return key + "@" + resourceVersion + " (uid " + uid + ", generation " + generation + ", digest "
                + Long.toHexString(digest) + ")";
    }
}
