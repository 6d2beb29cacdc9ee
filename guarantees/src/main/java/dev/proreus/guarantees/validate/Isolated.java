package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.KeyHistory;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Isolated: no object of a workspace is ever read, listed or watched through another workspace. Objects are told apart
 * by their uids, which two workspaces never share, whatever their names. What a recording cannot show, such as error
 * texts and timing, is not judged here.
 */
final class Isolated implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        Map<String, String> homes = new HashMap<>();
        truth.keys().forEach(key -> {
            for (KeyHistory.Version version : truth.history(key).versions()) {
                if (version.state() != null) {
                    check(homes, version.state(), "the final history", version.revision(), found);
                }
            }
        });
        for (Operation operation : recording.operations()) {
            for (State state : states(operation.answer())) {
                check(homes, state, operation.toString(), state.resourceVersion(), found);
            }
        }
        for (RecordedWatch watch : recording.watches()) {
            for (Message message : watch.messages()) {
                for (Event event : message.events()) {
                    asked(watch, event, found);
                    check(homes, event.state(), watch.toString(), event.revision(), found);
                }
            }
        }
    }

    private static void asked(RecordedWatch watch, Event event, Consumer<Violation> found) {
        if (!watch.interest().covers(event.state().key().workspace())) {
            found.accept(new Violation(
                    "Isolated",
                    watch.toString(),
                    event.revision(),
                    "what was asked for alone",
                    event + " of another workspace"));
        }
    }

    private static List<State> states(Answer answer) {
        if (answer instanceof Answer.Read read) {
            return List.of(read.state());
        }
        return answer instanceof Answer.Page page ? page.states() : List.of();
    }

    private static void check(
            Map<String, String> homes, State state, String where, long revision, Consumer<Violation> found) {
        String home = homes.putIfAbsent(state.uid(), state.key().workspace());
        if (home != null && !home.equals(state.key().workspace())) {
            found.accept(new Violation(
                    "Isolated", where, revision, "objects of its own alone", state + ", which is of " + home));
        }
    }
}
