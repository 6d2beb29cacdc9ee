package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Truth;
import java.util.function.Consumer;

/**
 * Bounded: a message of a watch has at most 3 MiB, and is closed at the next border of a revision once it is past 16
 * KiB (in the initial state, at the next object). A page holds at most as many objects as were asked for, 500 where
 * nothing was asked and 5,000 at most, and fits the 4 MiB that stock clients accept.
 */
final class Bounded implements Validator {
    private static final String NAME = "Bounded";
    private static final int MESSAGE_BYTES = 3 << 20;
    private static final int BATCH_BYTES = 16 << 10;
    private static final int PAGE_BYTES = 4 << 20;
    private static final int PAGE_OBJECTS = 500;
    private static final int PAGE_OBJECTS_MAX = 5_000;

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        for (RecordedWatch watch : recording.watches()) {
            for (Message message : watch.messages()) {
                message(watch, message, found);
            }
        }
        for (Operation operation : recording.operations()) {
            if (operation.answer() instanceof Answer.Page page) {
                page(operation, page, found);
            }
        }
    }

    private static void message(RecordedWatch watch, Message message, Consumer<Violation> found) {
        if (message.bytes() > MESSAGE_BYTES) {
            found.accept(new Violation(
                    NAME,
                    watch.toString(),
                    0,
                    "messages of at most " + MESSAGE_BYTES + " bytes",
                    message.bytes() + " bytes"));
        }
        long bytes = 0;
        long revision = -1;
        for (Event event : message.events()) {
            if (event.revision() != revision && bytes > BATCH_BYTES) {
                found.accept(new Violation(
                        NAME,
                        watch.toString(),
                        event.revision(),
                        "a message closed past " + BATCH_BYTES + " bytes",
                        "one more revision after " + bytes));
                return;
            }
            revision = event.revision();
            bytes += event.bytes();
        }
    }

    private static void page(Operation operation, Answer.Page page, Consumer<Violation> found) {
        int most = page.size() == 0 ? PAGE_OBJECTS : Math.min(page.size(), PAGE_OBJECTS_MAX);
        if (page.states().size() > most || page.bytes() > PAGE_BYTES) {
            found.accept(new Violation(
                    NAME,
                    operation.toString(),
                    page.revision(),
                    "at most " + most + " objects and " + PAGE_BYTES + " bytes",
                    page.states().size() + " objects and " + page.bytes() + " bytes"));
        }
    }
}
