package dev.proreus.workspace;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of one committed change of one object: a {@link Change} has it all in memory, one out of the log
 * reads bodies when first asked for them, and blocks on the disk then. The components are those of {@link Change}.
 */
public interface ChangeView {
    long sequence();

    long workspaceId();

    long revision();

    int typeId();

    String name();

    ChangeKind kind();

    int sections();

    ByteString object();

    Selectable now();

    @Nullable
    Selectable before();

    @Nullable
    ByteString previous();

    long reporterEpoch();

    /** Returns the hashes of the terms that may hold in {@link #now}, without reading bodies. */
    TermHashes termsNow();

    /** Returns the hashes of those that may have held before and are not among the ones of now. */
    TermHashes termsBefore();

    /** Lets go of the bodies, where it can read them again; what selectors see of them it keeps. */
    default void letGo() {}

    /** Returns whether it is the deletion of a workspace, which stands for everything that lay in it and below it. */
    default boolean endsWorkspace() {
        return kind() == ChangeKind.DELETED && typeId() == TypeIds.WORKSPACES;
    }

    /** Returns whether nothing but the status changed. */
    default boolean statusOnly() {
        return kind() == ChangeKind.MODIFIED && sections() == Sections.STATUS;
    }
}
