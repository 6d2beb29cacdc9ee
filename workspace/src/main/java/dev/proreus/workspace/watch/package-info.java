/**
 * The watch hub: what was committed reaches whoever asked, in order, once, without a gap.
 *
 * <p>The committer appends to a ring and publishes one number. A subscription is live, fed from the ring by its event
 * loop, or catching up, fed from history in chunks that a reader thread fetches. It owns no queue of events. Read
 * {@link dev.proreus.workspace.watch.WatchHub}, {@code WatchLoop} and {@code WatchProgress}, in this order. May import
 * the root package only.
 */
@NullMarked
package dev.proreus.workspace.watch;

import org.jspecify.annotations.NullMarked;
