package dev.proreus.workspace.watch;

import java.util.List;

/**
 * What came of one turn of a job of {@link CatchUp}.
 *
 * @param answered the reads that have their answers now, and are still to be told to who asked
 * @param given bytes of events in those answers
 * @param more whether the job is to have another turn
 */
record Turn(List<HistoryRead> answered, long given, boolean more) {}
