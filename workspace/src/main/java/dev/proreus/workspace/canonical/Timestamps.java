package dev.proreus.workspace.canonical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two forms of a point in time: {@code google.protobuf.Timestamp} and RFC 3339 text. */
final class Timestamps {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[-+]\\d\\d:\\d\\d)");

    /** The first and the last second of a Timestamp: the years 1 to 9999. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private static final String RANGE = "is out of range: the years 1 to 9999, and 0 to 999999999 nanoseconds";

    private Timestamps() {}

    /** Returns the time as RFC 3339 text in UTC with milliseconds. */
    static String text(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** Returns whether the text is a time after RFC 3339. */
    static boolean isText(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Reads a Timestamp that comes from outside; null where it breaks a rule, which is then noted. */
    static @Nullable Instant walk(String path, WireCursor in, int end, Violations violations) {
        long seconds = 0;
        long nanos = 0;
        int seen = 0;
        while (in.at() < end) {
            int tag = in.tag(end);
            boolean known = tag == Tags.TIMESTAMP_SECONDS || tag == Tags.TIMESTAMP_NANOS;
            if (!known || (seen & tag) != 0) {
                violations.add(path, known ? "has a field twice" : Tags.violation(tag, Tags.TIMESTAMP_FIELDS));
                in.skip(tag, end);
            } else if (tag == Tags.TIMESTAMP_SECONDS) {
                seconds = in.varint(end);
            } else {
                nanos = in.varint(end);
            }
            seen |= known ? tag : 0;
        }
        if (!isInRange(seconds, nanos)) {
            violations.add(path, RANGE);
            return null;
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Reads a Timestamp that is canonical. */
    static Instant read(WireCursor in, int end) {
        long seconds = 0;
        long nanos = 0;
        while (in.at() < end) {
            int tag = in.tag(end);
            switch (tag) {
                case Tags.TIMESTAMP_SECONDS -> seconds = in.varint(end);
                case Tags.TIMESTAMP_NANOS -> nanos = in.varint(end);
                default -> throw new IllegalArgumentException(Tags.violation(tag, Tags.TIMESTAMP_FIELDS));
            }
        }
        if (!isInRange(seconds, nanos)) {
            throw new IllegalArgumentException("a time " + RANGE);
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Writes a field that is a Timestamp, unless there is none. */
    static void write(int tag, @Nullable Instant time, WireBuffer out) {
        if (time != null) {
            int start = out.open(tag, 0);
            out.varintUnlessZero(Tags.TIMESTAMP_SECONDS, time.getEpochSecond());
            out.varintUnlessZero(Tags.TIMESTAMP_NANOS, time.getNano());
            out.close(start, 0);
        }
    }

    private static boolean isInRange(long seconds, long nanos) {
        return seconds >= FIRST_SECOND && seconds <= LAST_SECOND && nanos >= 0 && nanos < NANOS_PER_SECOND;
    }
}
