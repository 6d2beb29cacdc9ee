package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Names;
import org.jspecify.annotations.Nullable;

/**
 * The walk over an encoded {@code proreus.v1.Object} that comes from outside. It notes where each field lies, then
 * walks them in their order, so that violations come in the order in which people write an object.
 */
final class ObjectWalk {
    private static final String ROOT = "object";

    private final WireCursor in;
    private final Violations violations;
    private final int[] froms = new int[Tags.OBJECT_FIELDS + 1];
    private final int[] ends = new int[Tags.OBJECT_FIELDS + 1];

    ObjectWalk(WireCursor in, Violations violations) {
        this.in = in;
        this.violations = violations;
    }

    ObjectSections sections() {
        locate();
        String apiVersion = text(Tags.OBJECT_API_VERSION, "apiVersion");
        violations.addUnlessEmpty("apiVersion", apiVersion.isEmpty() ? "" : violationOfApiVersion(apiVersion));
        String kind = text(Tags.OBJECT_KIND, "kind");
        violations.addUnlessEmpty("kind", kind.isEmpty() ? "" : Names.violationOfKind(kind));
        MetaSections metadata = enter(Tags.OBJECT_METADATA)
                ? MetadataWalk.sections(in, end(Tags.OBJECT_METADATA), violations)
                : MetaSections.EMPTY;
        ByteString spec = struct(Tags.OBJECT_SPEC, "spec");
        ByteString status = struct(Tags.OBJECT_STATUS, "status");
        StatusSections statusSections = status == null ? null : ConditionRules.sections(status, violations);
        return new ObjectSections(apiVersion, kind, metadata, spec, statusSections);
    }

    private void locate() {
        ScalarWalk scalars = new ScalarWalk(in, violations);
        while (in.at() < in.end()) {
            int tag = in.tag(in.end());
            int field = tag >>> 3;
            if (field > Tags.OBJECT_FIELDS || (tag & 7) != Tags.LENGTH) {
                scalars.stray(tag, Tags.OBJECT_FIELDS, ROOT, in.end());
            } else {
                scalars.once(tag, nameOf(tag));
                ends[field] = in.block(in.end());
                froms[field] = in.at();
                in.moveTo(ends[field]);
            }
        }
    }

    private static String nameOf(int tag) {
        return switch (tag) {
            case Tags.OBJECT_API_VERSION -> "apiVersion";
            case Tags.OBJECT_KIND -> "kind";
            case Tags.OBJECT_METADATA -> "metadata";
            case Tags.OBJECT_SPEC -> "spec";
            default -> "status";
        };
    }

    /** Moves the cursor to the content of a field; false where the field is absent. */
    private boolean enter(int tag) {
        in.moveTo(froms[tag >>> 3]);
        return froms[tag >>> 3] > 0;
    }

    private int end(int tag) {
        return ends[tag >>> 3];
    }

    private @Nullable ByteString struct(int tag, String path) {
        return enter(tag) ? StructWalk.content(path, in, end(tag), violations) : null;
    }

    private String text(int tag, String path) {
        if (!enter(tag)) {
            return "";
        }
        if (!Utf8.isValid(in.bytes(), in.at(), end(tag))) {
            violations.add(path, "is not valid UTF-8");
            return "";
        }
        return in.text(in.at(), end(tag));
    }

    private static String violationOfApiVersion(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        boolean right = Names.violationOfLabel(apiVersion.substring(slash + 1)).isEmpty()
                && (slash < 0
                        || Names.violationOfName(apiVersion.substring(0, slash)).isEmpty());
        return right ? "" : "must be a group and a version, such as fleet.example.com/v1";
    }
}
