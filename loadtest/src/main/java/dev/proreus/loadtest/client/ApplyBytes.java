package dev.proreus.loadtest.client;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Encoded requests to apply objects, each a copy of one template in which the number of the object and the number of
 * the write have been patched: they always have the same length. The padding is another piece of one random text each
 * time, so that a store can compress little of it.
 */
public final class ApplyBytes {
    private static final int DIGITS = 9;
    private static final String OBJECT_MARK = "777777777";
    private static final String WRITE_MARK = "888888888";
    private static final String NAME = "object-";

    private final byte[] template;
    private final Letters letters;
    private final int objectAt;
    private final int writeAt;

    /**
     * Makes the template.
     *
     * @param specBytes bytes that the spec takes in its encoded form, as near as padding comes
     */
    public ApplyBytes(String workspace, String type, int specBytes) {
        int bare = spec("").getSerializedSize();
        int paddingBytes = Math.max(0, specBytes - bare - 1);
        letters = new Letters(paddingBytes);
        Struct spec = spec("x".repeat(paddingBytes));
        template = ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(NAME + OBJECT_MARK))
                        .setSpec(spec))
                .build()
                .toByteArray();
        objectAt = find(template, OBJECT_MARK);
        writeAt = find(template, WRITE_MARK);
    }

    /** Returns the name of an object by its number. */
    public static String name(int object) {
        return NAME + String.format(Locale.ROOT, "%0" + DIGITS + "d", object);
    }

    /** Returns a request. */
    public byte[] request(int object, int write) {
        byte[] request = template.clone();
        patch(request, objectAt, object);
        patch(request, writeAt, write);
        letters.copy(write, request, writeAt + DIGITS);
        return request;
    }

    private static Struct spec(String padding) {
        return Struct.newBuilder()
                .putFields(
                        "data",
                        Value.newBuilder().setStringValue(WRITE_MARK + padding).build())
                .build();
    }

    private static void patch(byte[] request, int at, int number) {
        int rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            request[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int find(byte[] bytes, String mark) {
        byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalStateException("the template does not show " + mark);
    }
}
