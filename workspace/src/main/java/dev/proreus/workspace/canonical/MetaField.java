package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object's metadata: its number and path, what it holds and how that is read and written, and what
 * becomes of it where users write. What handles metadata as a whole goes over {@link #ALL}; code that gives a field its
 * meaning names its constant here, or the accessor that {@link MetaSections} has for it.
 *
 * @param <T> what it means; for one that is absent the empty value, or zero
 */
public final class MetaField<T> {
    /** The highest number whose tag fits one byte, which is what {@link WireBuffer} writes. */
    private static final int NUMBER_MAX = 15;

    /** What the server appends to {@code generateName}, as far as the rules of names care. */
    private static final String GENERATED = "00000";

    /** Filled by the constants below, so it stands above them. */
    private static final List<MetaField<?>> DECLARED = new ArrayList<>();

    /** Name of the object. */
    public static final MetaField<String> NAME =
            declare(1, "name", WriteRule.AT_CREATION, new MetaKind.Text(Names::violationOfName));

    /** Prefix of a name that the server completes; a name makes it void, so it is never stored. */
    public static final MetaField<String> GENERATE_NAME =
            declare(2, "generateName", WriteRule.AT_CREATION, new MetaKind.Text(MetaField::violationOfPrefix));

    /** Lower-case UUID. */
    public static final MetaField<String> UID = declare(3, "uid", WriteRule.SERVER, new MetaKind.Uid());

    /** Revision at which the object last changed. */
    public static final MetaField<Long> RESOURCE_VERSION =
            declare(4, "resourceVersion", WriteRule.SERVER, new MetaKind.Count());

    /** Count of spec changes. */
    public static final MetaField<Long> GENERATION = declare(5, "generation", WriteRule.SERVER, new MetaKind.Count());

    /** Short keys and values that selectors see, ascending by key. */
    public static final MetaField<Map<String, String>> LABELS = declare(
            6, "labels", WriteRule.REPLACED, new StringMapKind(Limits.OBJECT_BYTES, Names::violationOfLabelValue));

    /** Free text for tools and people, ascending by key. */
    public static final MetaField<Map<String, String>> ANNOTATIONS = declare(
            7,
            "annotations",
            WriteRule.REPLACED_WHERE_GIVEN,
            new StringMapKind(Limits.ANNOTATION_BYTES, MetaKind.ANY_TEXT));

    /** When the object was created. */
    public static final MetaField<Optional<Instant>> CREATION =
            declare(8, "creationTimestamp", WriteRule.SERVER, new MetaKind.Time());

    /** When its deletion was asked for. */
    public static final MetaField<Optional<Instant>> DELETION =
            declare(9, "deletionTimestamp", WriteRule.SERVER, new MetaKind.Time());

    /** Names of who must act before the object goes, in the order given. */
    public static final MetaField<List<String>> FINALIZERS = declare(
            10,
            "finalizers",
            WriteRule.REPLACED_WHERE_GIVEN,
            new ListKind.Texts(Limits.FINALIZERS, Names::violationOfKey));

    /** Objects that this one belongs to, in the order given. */
    public static final MetaField<List<OwnerReference>> OWNER_REFERENCES =
            declare(11, "ownerReferences", WriteRule.AT_CREATION, new ListKind.Owners(Limits.OWNER_REFERENCES));

    /** Always empty; known so that who gives one is told what to use instead. */
    public static final MetaField<String> NAMESPACE = declare(
            12,
            "namespace",
            WriteRule.AT_CREATION,
            new MetaKind.Vacant("must be empty; a child workspace is what a namespace would have been"));

    /** Every field, at its {@link #index}, which is the order of the wire. */
    static final MetaField<?>[] ALL = DECLARED.toArray(new MetaField<?>[0]);

    private final int number;
    private final int tag;
    private final String path;
    private final WriteRule rule;
    private final MetaKind<T> kind;

    private MetaField(int number, String name, WriteRule rule, MetaKind<T> kind) {
        this.number = number;
        this.tag = number << 3 | kind.wireType();
        this.path = "metadata." + name;
        this.rule = rule;
        this.kind = kind;
    }

    private static <T> MetaField<T> declare(int number, String name, WriteRule rule, MetaKind<T> kind) {
        if (number != DECLARED.size() + 1 || number > NUMBER_MAX) {
            throw new IllegalStateException("fields of metadata are declared in the order of their numbers, without a"
                    + " gap and up to " + NUMBER_MAX + "; " + number + " is not the next");
        }
        MetaField<T> field = new MetaField<>(number, name, rule, kind);
        DECLARED.add(field);
        return field;
    }

    /** Returns the field that a tag is of; null where it is of none, or of another wire type. */
    static @Nullable MetaField<?> of(int tag) {
        int index = (tag >>> 3) - 1;
        return index < ALL.length && ALL[index].tag == tag ? ALL[index] : null;
    }

    /** Returns the failure of bytes that were taken for canonical metadata and hold that tag. */
    static IllegalArgumentException isNoMetadata(int tag) {
        return new IllegalArgumentException("these bytes are no metadata: one " + Tags.violation(tag, ALL.length));
    }

    /** Returns its path in an object, such as {@code metadata.labels}. */
    public String path() {
        return path;
    }

    /** Returns what becomes of it where users write. */
    public WriteRule rule() {
        return rule;
    }

    /** Returns its place among all fields. */
    int index() {
        return number - 1;
    }

    /** Returns its number and wire type, as they stand on the wire. */
    int tag() {
        return tag;
    }

    /** As {@link MetaKind#walk}. */
    @Nullable
    Object walk(MetadataWalk walk, @Nullable Object before, int end) {
        return kind.walk(this, walk, before, end);
    }

    /** As {@link MetaKind#walked}. */
    @Nullable
    Object walked(Object last) {
        return kind.walked(this, last);
    }

    /** As {@link MetaKind#read}. */
    @Nullable
    Object read(ByteSpan span, WireCursor in, int from, int end) {
        return kind.read(this, span, in, from, end);
    }

    /**
     * Writes what is held, tag included. Its class says how, which on the commit path is cheaper than to ask the kind.
     */
    void write(Object held, WireBuffer out) {
        if (held instanceof String text) {
            out.text(tag, text);
        } else if (held instanceof Long count) {
            out.varintUnlessZero(tag, count);
        } else if (held instanceof Instant time) {
            Timestamps.write(tag, time, out);
        } else {
            out.raw((ByteString) held);
        }
    }

    /** As {@link MetaKind#value}. */
    T value(@Nullable Object held) {
        return kind.value(held);
    }

    /** As {@link MetaKind#held}. */
    @Nullable
    Object held(T value) {
        return kind.held(this, value);
    }

    @Override
    public String toString() {
        return path;
    }

    private static String violationOfPrefix(String prefix) {
        String violation = Names.violationOfName(prefix + GENERATED);
        return violation.isEmpty() ? "" : "with five characters appended " + violation;
    }
}
