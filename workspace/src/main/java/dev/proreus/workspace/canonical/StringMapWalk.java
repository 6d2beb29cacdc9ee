package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;

/**
 * The walk over the entries of one map of strings, labels or annotations, whose fields come one by one and may lie
 * between other fields.
 */
final class StringMapWalk {
    private final String path;
    private final int tag;
    private final int bytesAllowed;
    private final TextRule valueRule;
    private final WireCursor in;
    private final Violations violations;
    private final WireBuffer out = new WireBuffer(0);
    private final EntryOrder order;
    private int entries;
    private int bytes;

    StringMapWalk(String path, int tag, int bytesAllowed, TextRule valueRule, WireCursor in, Violations violations) {
        this.path = path;
        this.tag = tag;
        this.bytesAllowed = bytesAllowed;
        this.valueRule = valueRule;
        this.in = in;
        this.violations = violations;
        this.order = new EntryOrder(in.bytes(), this::duplicate);
    }

    /** Takes the entry between the cursor and {@code end}; the cursor moves there. */
    void entry(int end) {
        entries++;
        if (entries > Limits.MAP_ENTRIES) {
            if (entries == Limits.MAP_ENTRIES + 1) {
                violations.add(path, "has more than " + Limits.MAP_ENTRIES + " entries");
            }
            in.moveTo(end);
            return;
        }
        int keyFrom = -1;
        int keyTo = -1;
        int valueFrom = -1;
        int valueTo = -1;
        while (in.at() < end) {
            int field = in.tag(end);
            if (field == Tags.KEY && keyFrom < 0) {
                keyTo = in.block(end);
                keyFrom = in.at();
                in.moveTo(keyTo);
            } else if (field == Tags.VALUE && valueFrom < 0) {
                valueTo = in.block(end);
                valueFrom = in.at();
                in.moveTo(valueTo);
            } else {
                stray(field, end);
            }
        }
        write(Math.max(keyFrom, 0), Math.max(keyTo, 0), Math.max(valueFrom, 0), Math.max(valueTo, 0));
    }

    /** Returns the canonical entries, tags included. */
    ByteString toBytes() {
        order.close(0, out);
        if (bytes > bytesAllowed) {
            violations.add(
                    path, "has " + bytes + " bytes of keys and values; at most " + bytesAllowed + " are allowed");
        }
        return out.toBytes();
    }

    private void write(int keyFrom, int keyTo, int valueFrom, int valueTo) {
        check(keyFrom, keyTo, valueFrom, valueTo);
        int keyLength = keyTo - keyFrom;
        int valueLength = valueTo - valueFrom;
        int length = 2 + WireBuffer.width(keyLength) + keyLength + WireBuffer.width(valueLength) + valueLength;
        bytes += keyLength + valueLength;
        order.add(out.size(), keyFrom, keyTo);
        out.tag(tag);
        out.varint(length);
        out.block(Tags.KEY, in.bytes(), keyFrom, keyTo);
        out.block(Tags.VALUE, in.bytes(), valueFrom, valueTo);
    }

    private void check(int keyFrom, int keyTo, int valueFrom, int valueTo) {
        if (!Utf8.isValid(in.bytes(), keyFrom, keyTo)) {
            violations.add(path, "has a key that is not valid UTF-8");
            return;
        }
        String key = in.text(keyFrom, keyTo);
        String keyViolation = Names.violationOfKey(key);
        if (!keyViolation.isEmpty()) {
            violations.add(path + FieldPath.bracketed(key), "the key " + keyViolation);
        }
        boolean valid = Utf8.isValid(in.bytes(), valueFrom, valueTo);
        String violation = valid ? valueRule.violationOf(in.text(valueFrom, valueTo)) : "is not valid UTF-8";
        if (!violation.isEmpty()) {
            violations.add(path + FieldPath.bracketed(key), violation);
        }
    }

    private void stray(int field, int end) {
        boolean repeated = field == Tags.KEY || field == Tags.VALUE;
        violations.add(
                path,
                repeated
                        ? "has an entry with two " + (field == Tags.KEY ? "keys" : "values")
                        : "has an entry that " + Tags.violation(field, Tags.ENTRY_FIELDS));
        in.skip(field, end);
    }

    private void duplicate(int keyFrom, int keyTo) {
        violations.add(path + FieldPath.bracketed(in.text(keyFrom, keyTo)), "is there twice; a key is allowed once");
    }
}
