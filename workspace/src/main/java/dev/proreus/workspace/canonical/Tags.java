package dev.proreus.workspace.canonical;

/**
 * The tags of every field that the canonical form knows, those of metadata aside, which {@link MetaField} has: the
 * field's number, three bits on, and its wire type.
 */
final class Tags {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int GROUP_START = 3;
    static final int GROUP_END = 4;
    static final int FIXED32 = 5;

    static final int OBJECT_API_VERSION = 1 << 3 | LENGTH;
    static final int OBJECT_KIND = 2 << 3 | LENGTH;
    static final int OBJECT_METADATA = 3 << 3 | LENGTH;
    static final int OBJECT_SPEC = 4 << 3 | LENGTH;
    static final int OBJECT_STATUS = 5 << 3 | LENGTH;
    static final int OBJECT_FIELDS = 5;

    static final int TIMESTAMP_SECONDS = 1 << 3 | VARINT;
    static final int TIMESTAMP_NANOS = 2 << 3 | VARINT;
    static final int TIMESTAMP_FIELDS = 2;

    static final int OWNER_TYPE = 1 << 3 | LENGTH;
    static final int OWNER_NAME = 2 << 3 | LENGTH;
    static final int OWNER_UID = 3 << 3 | LENGTH;
    static final int OWNER_BLOCK_DELETION = 4 << 3 | VARINT;
    static final int OWNER_FIELDS = 4;

    /** An entry of a Struct. */
    static final int ENTRY = 1 << 3 | LENGTH;

    /** The key of an entry, of a Struct or of a map of strings. */
    static final int KEY = 1 << 3 | LENGTH;

    /** The value of an entry, of a Struct or of a map of strings. */
    static final int VALUE = 2 << 3 | LENGTH;

    static final int ENTRY_FIELDS = 2;

    /** An element of a list. */
    static final int ELEMENT = 1 << 3 | LENGTH;

    static final int NULL_VALUE = 1 << 3 | VARINT;
    static final int NUMBER_VALUE = 2 << 3 | FIXED64;
    static final int STRING_VALUE = 3 << 3 | LENGTH;
    static final int BOOL_VALUE = 4 << 3 | VARINT;
    static final int STRUCT_VALUE = 5 << 3 | LENGTH;
    static final int LIST_VALUE = 6 << 3 | LENGTH;
    static final int VALUE_FIELDS = 6;

    private Tags() {}

    /** Says what is wrong with a tag that does not belong into a message whose fields are 1 to {@code fields}. */
    static String violation(int tag, int fields) {
        int field = tag >>> 3;
        return field <= fields
                ? "has field number " + field + " with wire type " + (tag & 7) + ", which is not that field's type"
                : "has the unknown field number " + field;
    }
}
