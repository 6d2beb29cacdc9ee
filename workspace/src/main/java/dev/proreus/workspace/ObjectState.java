package dev.proreus.workspace;

import com.google.protobuf.ByteString;

/**
 * One object as it stood at a revision.
 *
 * @param name name of the object
 * @param revision the revision at which it last changed before or at the one asked for
 * @param object its wire bytes in canonical form
 * @param selectable what selectors can see of it
 */
public record ObjectState(String name, long revision, ByteString object, Selectable selectable) {}
