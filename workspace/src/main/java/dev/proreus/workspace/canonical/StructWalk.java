package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;

/**
 * The walk over one encoded Struct that comes from outside: checks it and writes its canonical content.
 *
 * <p>Each byte is looked at once; nested lengths are skipped over in one step, so the work is linear in the input, but
 * for the order of keys, and for content that moves because its length needed another width than was guessed (at most
 * once for each of the {@link Limits#NESTING_LEVELS} levels). Recursion goes no deeper than those levels: what opens
 * one more is refused and not entered. After a violation the walk goes on to find the others; what it writes is then of
 * no use and thrown away.
 */
final class StructWalk {
    private final WireCursor in;
    private final Violations violations;
    private final FieldPath path;
    private final WireBuffer out;
    private final EntryOrder order;
    private int level;

    private StructWalk(String root, WireCursor in, int end, Violations violations) {
        this.in = in;
        this.violations = violations;
        this.path = new FieldPath(root, in);
        this.out = new WireBuffer(end - in.at());
        this.order = new EntryOrder(in.bytes(), this::duplicate);
    }

    /** Returns the canonical content of the Struct between the cursor and {@code end}, to where the cursor moves. */
    static ByteString content(String root, WireCursor in, int end, Violations violations) {
        StructWalk walk = new StructWalk(root, in, end, violations);
        walk.struct(end);
        return walk.out.toBytes();
    }

    private void struct(int end) {
        if (!descend(end)) {
            return;
        }
        int mark = order.open();
        while (in.at() < end) {
            int tag = in.tag(end);
            if (tag == Tags.ENTRY) {
                entry(in.block(end));
            } else {
                stray(tag, 1, end);
            }
        }
        order.close(mark, out);
        level--;
    }

    private void entry(int end) {
        int start = in.at();
        int keyFrom = end;
        int keyTo = end;
        int valueFrom = end;
        int valueTo = -1;
        boolean keyed = false;
        while (in.at() < end) {
            int tag = in.tag(end);
            if (tag == Tags.KEY && !keyed) {
                keyed = true;
                keyTo = in.block(end);
                keyFrom = in.at();
                in.moveTo(keyTo);
            } else if (tag == Tags.VALUE && valueTo < 0) {
                valueTo = in.block(end);
                valueFrom = in.at();
                in.moveTo(valueTo);
            } else {
                strayInEntry(tag, end);
            }
        }
        if (!Utf8.isValid(in.bytes(), keyFrom, keyTo)) {
            violations.add(path, "has a key that is not valid UTF-8");
        }
        path.enterKey(keyFrom, keyTo);
        writeEntry(end - start, keyFrom, keyTo, valueFrom, valueTo);
        path.leave();
        in.moveTo(end);
    }

    private void writeEntry(int length, int keyFrom, int keyTo, int valueFrom, int valueTo) {
        int writtenAt = out.size();
        int entry = out.open(Tags.ENTRY, length);
        out.block(Tags.KEY, in.bytes(), keyFrom, keyTo);
        if (valueTo < 0) {
            violations.add(path, "has no value; use null for a value that is not there");
        } else {
            in.moveTo(valueFrom);
            int value = out.open(Tags.VALUE, valueTo - valueFrom);
            value(valueTo);
            out.close(value, valueTo - valueFrom);
        }
        out.close(entry, length);
        order.add(writtenAt, keyFrom, keyTo);
    }

    private void list(int end) {
        if (!descend(end)) {
            return;
        }
        for (int index = 0; in.at() < end; ) {
            int tag = in.tag(end);
            if (tag == Tags.ELEMENT) {
                int elementEnd = in.block(end);
                int length = elementEnd - in.at();
                path.enterIndex(index++);
                int element = out.open(Tags.ELEMENT, length);
                value(elementEnd);
                out.close(element, length);
                path.leave();
            } else {
                stray(tag, 1, end);
            }
        }
        level--;
    }

    private void value(int end) {
        if (in.at() == end) {
            violations.add(path, "is a value of no kind; use null for a value that is not there");
            return;
        }
        int tag = in.tag(end);
        switch (tag) {
            case Tags.NULL_VALUE -> nullValue(end);
            case Tags.NUMBER_VALUE -> number(end);
            case Tags.STRING_VALUE -> string(end);
            case Tags.BOOL_VALUE -> {
                out.tag(tag);
                out.varint(in.varint(end) == 0 ? 0 : 1);
            }
            case Tags.STRUCT_VALUE, Tags.LIST_VALUE -> nested(tag, end);
            default -> stray(tag, Tags.VALUE_FIELDS, end);
        }
        if (in.at() < end) {
            int next = in.tag(end);
            int field = next >>> 3;
            violations.add(
                    path,
                    field <= Tags.VALUE_FIELDS
                            ? "is a value of several kinds; exactly one is allowed"
                            : Tags.violation(next, Tags.VALUE_FIELDS));
            in.moveTo(end);
        }
    }

    private void nested(int tag, int end) {
        int contentEnd = in.block(end);
        int length = contentEnd - in.at();
        int content = out.open(tag, length);
        if (tag == Tags.STRUCT_VALUE) {
            struct(contentEnd);
        } else {
            list(contentEnd);
        }
        out.close(content, length);
    }

    private void nullValue(int end) {
        if (in.varint(end) != 0) {
            violations.add(path, "is a null_value other than 0");
        }
        out.tag(Tags.NULL_VALUE);
        out.varint(0);
    }

    private void number(int end) {
        long bits = in.fixed64(end);
        double number = Double.longBitsToDouble(bits);
        if (!Double.isFinite(number)) {
            violations.add(path, "is " + number + "; a number must be finite");
        } else if (Math.abs(number) > Limits.EXACT_INTEGER) {
            violations.add(
                    path, "is " + number + ", beyond 2^53, where whole numbers are no longer exact; use a string");
        }
        out.tag(Tags.NUMBER_VALUE);
        out.fixed64(bits);
    }

    private void string(int end) {
        int textEnd = in.block(end);
        if (!Utf8.isValid(in.bytes(), in.at(), textEnd)) {
            violations.add(path, "is not valid UTF-8");
        }
        out.block(Tags.STRING_VALUE, in.bytes(), in.at(), textEnd);
        in.moveTo(textEnd);
    }

    /** Enters one more level, or refuses it and moves past it. */
    private boolean descend(int end) {
        if (level == Limits.NESTING_LEVELS) {
            violations.add(path, "is nested " + (level + 1) + " levels deep; at most " + level + " are allowed");
            in.moveTo(end);
            return false;
        }
        level++;
        return true;
    }

    private void duplicate(int keyFrom, int keyTo) {
        path.enterKey(keyFrom, keyTo);
        violations.add(path, "is there twice; a key is allowed once");
        path.leave();
    }

    private void strayInEntry(int tag, int end) {
        boolean repeated = tag == Tags.KEY || tag == Tags.VALUE;
        violations.add(
                path,
                repeated
                        ? "has an entry with two " + (tag == Tags.KEY ? "keys" : "values")
                        : "has an entry that " + Tags.violation(tag, Tags.ENTRY_FIELDS));
        in.skip(tag, end);
    }

    private void stray(int tag, int fields, int end) {
        violations.add(path, Tags.violation(tag, fields));
        in.skip(tag, end);
    }
}
