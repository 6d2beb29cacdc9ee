package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.KeyHistory;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Serial: the writes of a workspace happen one after another in the order of their revisions, and that order agrees
 * with real time: a write that is sent after somebody was told of a revision, by an answer or by a watch, gets a later
 * one, and a read that is sent then sees that revision or a later one. Replayed in that order, every answer is the one
 * that was given: what was created was absent before, what was updated was there with the uid and resource version that
 * the write asked for, a read shows the state at its revision, all pages of a list show the one of the first, and a
 * refusal was right at some revision between the request and its answer.
 */
final class Serial implements Validator {
    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        Map<String, Order> orders = Order.of(recording);
        Map<String, Answer.Page> pages = new HashMap<>();
        for (Operation operation : recording.operations()) {
            if (operation.answer() instanceof Answer.Page page
                    && !page.nextToken().isEmpty()) {
                pages.put(page.nextToken(), page);
            }
        }
        for (Operation operation : recording.operations()) {
            Order order = orders.get(operation.workspace());
            if (order != null) {
                new Judgement(truth, operation, order, pages, found).judge();
            }
        }
    }

    private record Judgement(
            Truth truth, Operation operation, Order order, Map<String, Answer.Page> pages, Consumer<Violation> found) {
        void judge() {
            if (operation.answer() instanceof Answer.Wrote wrote) {
                for (int i = 0; i < wrote.effects().size(); i++) {
                    Operation.Part part = operation.parts().get(i);
                    if (operation.dryRun()) {
                        dryRun(part, wrote.effects().get(i));
                    } else {
                        wrote(part, wrote.revision(), wrote.effects().get(i));
                    }
                }
            } else if (operation.answer() instanceof Answer.Read read) {
                fresh(read.revision());
                State is = history().at(read.revision());
                if (truth.knows(key(), read.revision()) && !read.state().equals(is)) {
                    tell(read.revision(), String.valueOf(is), read.state().toString());
                }
            } else if (operation.answer() instanceof Answer.Page page) {
                page(page);
            } else if (operation.answer() instanceof Answer.Refused refused) {
                refused(refused.reason());
            }
        }

        private void wrote(Operation.Part part, long revision, Answer.Effect effect) {
            KeyHistory history = truth.history(part.key());
            if (effect.what() == Answer.What.UNCHANGED) {
                State state = effect.state();
                if (state != null) {
                    possible(part, "was " + state, state::equals);
                }
                return;
            }
            long newest = order.newestTold(operation.called());
            if (revision <= newest) {
                tell(revision, "a revision above " + newest + ", which was told before", "revision " + revision);
            }
            if (truth.knows(part.key(), revision - 1)) {
                replay(part, revision, effect, history.at(revision - 1));
            }
        }

        private void replay(Operation.Part part, long revision, Answer.Effect effect, @Nullable State before) {
            boolean right = effect.what() == Answer.What.CREATED ? before == null : fits(part, before);
            if (!right) {
                tell(revision, effect.what() + " of what fits the request", "before it " + before);
            }
            State after = effect.state();
            if (after == null || before == null) {
                return;
            }
            boolean deleted = effect.what() == Answer.What.DELETED;
            if (deleted ? !after.equals(before) : !after.uid().equals(before.uid())) {
                tell(revision, deleted ? before.toString() : "the uid of " + before, after.toString());
            }
        }

        private void dryRun(Operation.Part part, Answer.Effect effect) {
            if (effect.what() == Answer.What.CREATED) {
                possible(part, "was absent", state -> state == null);
            } else {
                possible(part, "was as the request asks", state -> fits(part, state));
            }
        }

        private static boolean fits(Operation.Part part, @Nullable State state) {
            return state != null
                    && (part.uid().isEmpty() || part.uid().equals(state.uid()))
                    && (part.resourceVersion() == 0 || part.resourceVersion() == state.resourceVersion());
        }

        private void page(Answer.Page page) {
            String after = "";
            if (page.token().isEmpty()) {
                fresh(page.revision());
            } else {
                Answer.Page earlier = pages.get(page.token());
                if (earlier == null || earlier.states().isEmpty()) {
                    return;
                }
                List<State> states = earlier.states();
                after = states.get(states.size() - 1).key().name();
                if (earlier.revision() != page.revision()) {
                    tell(page.revision(), "the revision of the page before, " + earlier.revision(), "another one");
                }
            }
            if (!page.selected() && truth.knows(key(), page.revision())) {
                states(page, after);
            }
        }

        private void states(Answer.Page page, String after) {
            List<State> given = page.states();
            String last =
                    given.isEmpty() ? "" : given.get(given.size() - 1).key().name();
            int next = 0;
            for (Key each : truth.keysOf(key().workspace(), key().type())) {
                boolean within = each.name().compareTo(after) > 0
                        && (page.nextToken().isEmpty() || each.name().compareTo(last) <= 0);
                State is = within ? truth.history(each).at(page.revision()) : null;
                if (is != null) {
                    State seen = next < given.size() ? given.get(next++) : null;
                    if (!is.equals(seen)) {
                        tell(page.revision(), is.toString(), String.valueOf(seen));
                        return;
                    }
                }
            }
            if (next < given.size()) {
                tell(page.revision(), "nothing more", given.get(next).toString());
            }
        }

        private void refused(String reason) {
            if (operation.parts().size() > 1) {
                return; // which of the writes was refused is not told
            }
            Operation.Part part = operation.parts().get(0);
            if (asked() != 0) {
                State is = history().at(asked());
                if (reason.equals("OBJECT_NOT_FOUND") && is != null && truth.knows(key(), asked())) {
                    tell(asked(), is.toString(), reason);
                }
                return;
            }
            switch (reason) {
                case "ALREADY_EXISTS" -> possible(part, "existed", state -> state != null);
                case "OBJECT_NOT_FOUND" -> possible(part, "was absent", state -> state == null);
                case "RESOURCE_VERSION_CONFLICT" ->
                    possible(
                            part,
                            "was not at " + part.resourceVersion(),
                            state -> state == null || state.resourceVersion() != part.resourceVersion());
                case "UID_MISMATCH" ->
                    possible(
                            part,
                            "was not " + part.uid(),
                            state -> state == null || !state.uid().equals(part.uid()));
                default -> {}
            }
        }

        /** Some state that held between the request and its answer must be as the answer says. */
        private void possible(Operation.Part part, String what, Predicate<@Nullable State> holds) {
            long from = order.newestTold(operation.called());
            long to = order.newestPossible(operation.returned());
            boolean whole = truth.knows(part.key(), to) || truth.covers(part.key(), to, operation.returned());
            if (!whole || !truth.knows(part.key(), from)) {
                return;
            }
            List<KeyHistory.Version> held = truth.history(part.key()).during(from, to);
            if (held.stream().noneMatch(each -> holds.test(each.state()))) {
                tell(
                        from,
                        part.key() + " that " + what + " at some revision from " + from + " to " + to,
                        held.toString());
            }
        }

        /** A read sees the past revision that it asks for, or one that was not told of as past when it was sent. */
        private void fresh(long revision) {
            if (asked() != 0) {
                if (revision != asked()) {
                    tell(revision, "the revision asked for, " + asked(), "another one");
                }
                return;
            }
            long newest = order.newestTold(operation.called());
            if (revision < newest) {
                tell(revision, "a revision from " + newest + " on, which was told before", "revision " + revision);
            }
        }

        private long asked() {
            return operation.writes() || operation.dryRun()
                    ? 0
                    : operation.parts().get(0).resourceVersion();
        }

        private Key key() {
            return operation.parts().get(0).key();
        }

        private KeyHistory history() {
            return truth.history(key());
        }

        private void tell(long revision, String expected, String seen) {
            found.accept(new Violation("Serial", operation.toString(), revision, expected, seen));
        }
    }
}
