package dev.proreus.guarantees.validate;

import java.util.function.Predicate;

/** One fault, planted at random in a history that holds, and the guarantee that it breaks. */
enum Defect {
    EVENT_DROPPED("Reliable", WatchFaults::eventDropped),
    FIRST_EVENT_SKIPPED("Resumable", WatchFaults::firstEventSkipped),
    EVENT_BEFORE_THE_START("Resumable", WatchFaults::eventBeforeTheStart),
    NOW_IN_THE_PAST("Resumable", WatchFaults::nowInThePast),
    EVENT_TWICE("Unique", WatchFaults::eventTwice),
    EVENT_AGAIN_LATER("Ordered", WatchFaults::eventAgainLater),
    EVENTS_SWAPPED("Ordered", WatchFaults::eventsSwapped),
    REVISION_SPLIT("Atomic", WatchFaults::revisionSplit),
    BOOKMARK_TOO_EARLY("Bookmarkable", WatchFaults::bookmarkTooEarly),
    BOOKMARK_GOES_BACK("Bookmarkable", WatchFaults::bookmarkGoesBack),
    WATCHED_BUT_NEVER_DURABLE("Durable", WatchFaults::watchedButNeverDurable),
    VIEW_NOT_CONVERGED("Convergent", WatchFaults::viewNotConverged),
    SNAPSHOT_INCOMPLETE("Reliable", WatchFaults::snapshotIncomplete),
    WRONG_WORD("Filter", WatchFaults::wrongWord),
    NOT_WHAT_WAS_ASKED_FOR("Filter", WatchFaults::notWhatWasAskedFor),
    WRONG_PREVIOUS("Previous", WatchFaults::wrongPrevious),
    PREVIOUS_LEFT_OUT("Previous", WatchFaults::previousLeftOut),
    FOREIGN_EVENT("Isolated", WatchFaults::foreignEvent),
    MESSAGE_TOO_LONG("Bounded", WatchFaults::messageTooLong),
    REVISION_REUSED("Durable", AnswerFaults::revisionReused),
    ACKNOWLEDGED_WRITE_LOST("Durable", AnswerFaults::acknowledgedWriteLost),
    UNKNOWN_WRITE_TWICE("Durable", AnswerFaults::unknownWriteTwice),
    STALE_READ("Serial", AnswerFaults::staleRead),
    ABSENT_IN_THE_PAST("Serial", AnswerFaults::absentInThePast),
    READ_OF_ANOTHER_STATE("Serial", AnswerFaults::readOfAnotherState),
    WRITE_AGAINST_REAL_TIME("Serial", AnswerFaults::writeAgainstRealTime),
    WRONG_REFUSAL("Serial", AnswerFaults::wrongRefusal),
    PRECONDITION_IGNORED("Serial", AnswerFaults::preconditionIgnored),
    OBJECT_MISSING_FROM_A_PAGE("Serial", AnswerFaults::objectMissingFromAPage),
    SUBTREE_EVENT_DROPPED("Reliable", SubtreeFaults::eventDropped),
    SUBTREE_RESUMED_TOO_LATE("Resumable", SubtreeFaults::resumedTooLate),
    SUBTREE_STATE_LEFT_OUT("Reliable", SubtreeFaults::stateLeftOut),
    SUBTREE_EVENT_TWICE("Unique", SubtreeFaults::eventTwice),
    SUBTREE_REVISION_SPLIT("Atomic", SubtreeFaults::revisionSplit),
    SUBTREE_GOES_BACK("Ordered", SubtreeFaults::goesBack),
    SUBTREE_VIEW_NOT_CONVERGED("Convergent", SubtreeFaults::viewNotConverged),
    SUBTREE_TELLS_OF_OTHERS("Isolated", SubtreeFaults::tellsOfOthers),
    END_LEFT_OUT("Deletions", DeletionFaults::endLeftOut),
    END_TWICE("Deletions", DeletionFaults::endTwice),
    END_AT_ANOTHER_REVISION("Deletions", DeletionFaults::endAtAnotherRevision),
    EVENT_AFTER_THE_END("Deletions", DeletionFaults::eventAfterTheEnd),
    ANSWER_AFTER_THE_END("Deletions", DeletionFaults::answerAfterTheEnd),
    END_NOT_DURABLE("Deletions", DeletionFaults::endNotDurable),
    END_NOT_ASKED_FOR("Deletions", DeletionFaults::endNotAskedFor),
    END_TAKEN_BACK("Deletions", DeletionFaults::endTakenBack),
    CREATED_WHILE_TERMINATING("Deletions", DeletionFaults::createdWhileTerminating);

    final String guarantee;

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods, which hold nothing
    private final Predicate<World> fault;

    Defect(String guarantee, Predicate<World> fault) {
        this.guarantee = guarantee;
        this.fault = fault;
    }

    /** Plants the fault; returns whether there was a place for it. */
    boolean plant(World world) {
        return fault.test(world);
    }
}
