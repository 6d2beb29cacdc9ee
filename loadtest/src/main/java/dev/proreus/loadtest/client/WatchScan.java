package dev.proreus.loadtest.client;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import java.io.IOException;

/**
 * Reads from the bytes of a WatchResponse what the run checks: names, generations and revisions. It builds no objects:
 * a client that parsed every body would be slower than the server that it measures.
 */
public final class WatchScan {
    /** What is found, in its order. */
    public interface Sink {
        /** An event, with the number at the end of its object's name. */
        void event(long revision, int writer, long generation);

        /** A bookmark. */
        void bookmark(long revision, boolean initialDone);
    }

    private static final String PREFIX = "writer-";

    private int writer;
    private long generation;

    /**
     * Reads a message.
     *
     * @throws IOException where it is malformed
     */
    public void read(byte[] message, Sink sink) throws IOException {
        read(CodedInputStream.newInstance(message), sink);
    }

    /**
     * Reads the message that a buffer holds.
     *
     * @throws IOException where it is malformed
     */
    public void read(MessageBuffer message, Sink sink) throws IOException {
        read(CodedInputStream.newInstance(message.bytes(), 0, message.length()), sink);
    }

    private void read(CodedInputStream in, Sink sink) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case WatchResponse.EVENTS_FIELD_NUMBER -> event(in, sink);
                case WatchResponse.BOOKMARK_FIELD_NUMBER -> bookmark(in, sink);
                default -> in.skipField(tag);
            }
        }
    }

    private void event(CodedInputStream in, Sink sink) throws IOException {
        long revision = 0;
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case WatchEvent.ADDED_FIELD_NUMBER, WatchEvent.MODIFIED_FIELD_NUMBER -> object(in);
                case WatchEvent.REVISION_FIELD_NUMBER -> revision = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        sink.event(revision, writer, generation);
    }

    private void object(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Object.METADATA_FIELD_NUMBER) {
                metadata(in);
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }

    private void metadata(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case ObjectMeta.NAME_FIELD_NUMBER -> writer = number(in.readString());
                case ObjectMeta.GENERATION_FIELD_NUMBER -> generation = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }

    /** Returns the name of the object with a number. */
    public static String name(int number) {
        return PREFIX + number;
    }

    /** Returns the number in a name; -1 where it is another object. */
    private static int number(String name) {
        return name.startsWith(PREFIX) ? Integer.parseInt(name, PREFIX.length(), name.length(), 10) : -1;
    }

    private static void bookmark(CodedInputStream in, Sink sink) throws IOException {
        Bookmark bookmark = Bookmark.parseFrom(in.readByteArray());
        sink.bookmark(bookmark.getRevision(), bookmark.getInitialDone());
    }
}
