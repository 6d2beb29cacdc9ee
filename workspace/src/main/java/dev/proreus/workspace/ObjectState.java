package dev.proreus.workspace;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One object as it stood at a revision.
 *
 * @param name name of the object
 * @param revision the revision at which it last changed before or at the one asked for
 * @param object its wire bytes in canonical form
 * @param assignment value of the type's assignment field, null where there is none
 */
public record ObjectState(
        String name,
        long revision,
        ByteString object,
        @Nullable String assignment) {}
