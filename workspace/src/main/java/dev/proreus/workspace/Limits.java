package dev.proreus.workspace;

import java.time.Duration;

/** The hard bounds of the engine, each with its unit and its reason. They are part of the public contract. */
public final class Limits {
    /** Bytes of one encoded object: small enough that a revision with its previous state fits one message. */
    public static final int OBJECT_BYTES = 1 << 20;

    /** Bytes of one inbound message: the largest object and its envelope, with room for a batch to come. */
    public static final int REQUEST_BYTES = 2 << 20;

    /**
     * Bytes of an inbound message that are still read, to be refused with a reason: a program that sends too much by
     * mistake sends a few times too much. The transport refuses what is larger by itself, before it is read.
     */
    public static final int READ_REQUEST_BYTES = 4 * REQUEST_BYTES;

    /** Bytes of one outbound watch message, below the 4 MiB that stock clients accept. */
    public static final int WATCH_MESSAGE_BYTES = 3 << 20;

    /** Bytes after which a watch message is closed at the next revision's border: past it the cache overflows. */
    public static final int WATCH_BATCH_BYTES = 16 << 10;

    /**
     * Bytes of events that wait for one stream which does not take them: with the message under way, 128 KiB. A stream
     * that takes all it gets has no more at a time, since each share is a burst of work that writes wait behind.
     */
    public static final int SHARE_BYTES = 64 << 10;

    /** Levels of nesting in spec and in status, themselves level 1: stock protobuf-java stops at 32 with envelope. */
    public static final int NESTING_LEVELS = 24;

    /** The largest whole number that a double holds exactly, 2^53: beyond it clients have rounded before sending. */
    public static final double EXACT_INTEGER = 9_007_199_254_740_992.0;

    /** Field violations reported at once; a hostile object must not make a long answer. */
    public static final int VIOLATIONS = 20;

    /** Characters of an object's name, a DNS-1123 subdomain. */
    public static final int NAME_CHARS = 253;

    /** Characters of one part of a workspace path, and of a DNS-1123 label anywhere. */
    public static final int LABEL_CHARS = 63;

    /** Parts of a workspace path, {@code root} included. */
    public static final int TREE_DEPTH = 16;

    /** Labels, and likewise annotations, of one object. */
    public static final int MAP_ENTRIES = 256;

    /** Bytes of all annotations of one object. */
    public static final int ANNOTATION_BYTES = 256 << 10;

    /** Characters of a field manager's or a request id's text. */
    public static final int TOKEN_CHARS = 128;

    /** Fields that a type declares as selectable, beside its assignment field; each is looked at in every write. */
    public static final int SELECTABLE_FIELDS = 8;

    /** Characters of a label selector, and likewise of a field selector: more than a person writes or reads. */
    public static final int SELECTOR_CHARS = 8 << 10;

    /** Requirements of one selector; each is tested for each event that its key finds. */
    public static final int SELECTOR_REQUIREMENTS = 64;

    /** Values in all requirements of one selector. */
    public static final int SELECTOR_VALUES = 512;

    /** Objects looked at for one page of a list with selectors; then the page ends, short or empty, with a token. */
    public static final int PAGE_SCANNED = 10_000;

    /** Bytes of the objects looked at for one such page, so that large objects do not make it slow. */
    public static final int PAGE_SCANNED_BYTES = 32 << 20;

    /** Hashes of terms kept in the log for one state of an object; of one with more, any term is taken to hold. */
    public static final int LOGGED_TERMS = 64;

    /** Characters of a page or resume token: a workspace path, the longest thing sealed, takes half of it. */
    public static final int SEALED_TOKEN_CHARS = 4_096;

    /** Finalizers of one object; more parties than this never have to act before one object goes. */
    public static final int FINALIZERS = 32;

    /** Owner references of one object; deletion looks at each. */
    public static final int OWNER_REFERENCES = 32;

    /** Bytes of the message of one condition, which people read whole. */
    public static final int CONDITION_MESSAGE_BYTES = 32 << 10;

    /** Conditions of one object. */
    public static final int CONDITIONS = 64;

    /** Writes in one command: a revision stays one message to watchers and one short step of the committer. */
    public static final int COMMAND_WRITES = 128;

    /**
     * Bytes of all objects that one command leaves, and of all that it finds: a revision with its previous states fits
     * one watch message.
     */
    public static final int COMMAND_BYTES = 1 << 20;

    /** How long a request id is honoured, in log time: longer than clients retry, short enough to keep few answers. */
    public static final Duration REQUEST_ID_AGE = Duration.ofMinutes(10);

    /** Expired answers that one commit batch removes: more than a batch adds, so that they never pile up. */
    public static final int EXPIRED_ANSWERS = 2 * 512;

    /** How often a request is judged whose grounds move, before its caller hears of it. */
    public static final int JUDGEMENTS = 5;

    /** Grace of the deletion of a workspace: past a month nobody remembers what was in it. */
    public static final Duration GRACE_MAX = Duration.ofDays(30);

    /** Bytes of queued requests in a process; beyond it writes are refused with a delay. */
    public static final int QUEUED_BYTES = 16 << 20;

    /** Commands in one commit batch: past some hundreds the sync no longer dominates and latency only grows. */
    public static final int BATCH_COMMANDS = 512;

    /** Bytes of the events kept in the ring, in stored and in encoded form together. */
    public static final long RING_BYTES = 64L << 20;

    /** History that a store keeps where it is not told: who was away for a lunch resumes; a disk has room for that. */
    public static final Retention RETENTION = new Retention(Duration.ofHours(1), 4L << 30);

    /** Objects in a page where the request does not say. */
    public static final int PAGE_OBJECTS = 500;

    /** Objects in a page at most; larger requests are lowered to it. */
    public static final int PAGE_OBJECTS_MAX = 5_000;

    /** Bytes of objects in a page, so that it fits one message of stock clients. */
    public static final int PAGE_BYTES = 3 << 20;

    /** Subscriptions of one agent's stream. */
    public static final int SESSION_SUBSCRIPTIONS = 64;

    /**
     * Claims that an Agent holds, beyond its sessions too: as many of the longest names and values fit its object,
     * beside all labels and annotations that it can have.
     */
    public static final int AGENT_CLAIMS = 512;

    /** Superseded instances that an Agent remembers. */
    public static final int SUPERSEDED_INSTANCES = 16;

    /** What an agent that chose MESSAGE sends heartbeats at. */
    public static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(10);

    private Limits() {}
}
