package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.KeyHistory;
import dev.proreus.guarantees.truth.Truth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Durable: every acknowledged write is in the final history, at the revision and with the content of its answer,
 * however often the server was killed. What was read or watched is in the final history too: nothing is readable before
 * it is durable. No revision is ever given to two writes. A write whose answer never came is there or not, and never
 * twice.
 */
final class Durable implements Validator {
    private static final String NAME = "Durable";

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        new Judgement(truth, found).judge(recording);
    }

    private record Commit(String workspace, long revision) {}

    private record Wish(Key key, long specDigest) {}

    private record Judgement(Truth truth, Consumer<Violation> found) {
        void judge(Recording recording) {
            Map<Commit, Operation> commits = new HashMap<>();
            Map<Wish, Integer> wishes = new HashMap<>();
            for (Operation operation : recording.operations()) {
                answer(operation);
                if (operation.writes()) {
                    reuse(operation, commits);
                    wishes(operation, wishes);
                }
            }
            recording.watches().forEach(this::watch);
            truth.keys().forEach(key -> once(key, wishes));
        }

        private void answer(Operation operation) {
            long at = operation.returned();
            if (operation.answer() instanceof Answer.Read read) {
                state(read.state(), operation, at);
            } else if (operation.answer() instanceof Answer.Page page) {
                page.states().forEach(state -> state(state, operation, at));
            } else if (operation.answer() instanceof Answer.Wrote wrote && !operation.dryRun()) {
                for (int i = 0; i < wrote.effects().size(); i++) {
                    effect(
                            operation,
                            operation.parts().get(i),
                            wrote,
                            wrote.effects().get(i));
                }
            }
        }

        private void effect(Operation operation, Operation.Part part, Answer.Wrote wrote, Answer.Effect effect) {
            State state = effect.state();
            if (state != null) {
                state(state, operation, operation.returned());
            }
            if (effect.what() == Answer.What.DELETED) {
                end(part.key(), wrote.revision(), operation, operation.returned());
            } else if (state == null && effect.what() != Answer.What.UNCHANGED) {
                spec(part, wrote.revision(), operation);
            }
        }

        /** Where an answer does not tell the object, the history must have the spec that was asked for. */
        private void spec(Operation.Part part, long revision, Operation operation) {
            if (truth.covers(part.key(), revision, operation.returned())) {
                KeyHistory.Version version = truth.history(part.key()).writtenAt(revision);
                State state = version == null ? null : version.state();
                if (state == null || state.specDigest() != part.specDigest()) {
                    tell(operation, revision, part.key() + " as asked for", version);
                }
            }
        }

        private void watch(RecordedWatch watch) {
            for (Message message : watch.messages()) {
                for (Event event : message.events()) {
                    state(event.state(), watch, message.arrived());
                    if (event.previous() != null) {
                        state(event.previous(), watch, message.arrived());
                    }
                    if (event.kind() == Event.Kind.DELETED && !watch.interest().latest()) {
                        end(event.state().key(), event.revision(), watch, message.arrived());
                    }
                }
            }
        }

        /** Whoever was told of a state was told of one that was written so. */
        private void state(State state, Object where, long at) {
            if (truth.covers(state.key(), state.resourceVersion(), at)) {
                KeyHistory.Version version = truth.history(state.key()).writtenAt(state.resourceVersion());
                if (version == null || !state.equals(version.state())) {
                    tell(where, state.resourceVersion(), state.toString(), version);
                }
            }
        }

        private void end(Key key, long revision, Object where, long at) {
            if (truth.covers(key, revision, at)) {
                KeyHistory.Version version = truth.history(key).writtenAt(revision);
                if (version == null || version.state() != null) {
                    tell(where, revision, "the end of " + key, version);
                }
            }
        }

        private void tell(Object where, long revision, String told, KeyHistory.@Nullable Version version) {
            String seen = version == null ? "nothing written then" : String.valueOf(version.state());
            found.accept(new Violation(NAME, where.toString(), revision, told + " in the final history", seen));
        }

        private void reuse(Operation operation, Map<Commit, Operation> commits) {
            if (operation.answer() instanceof Answer.Wrote wrote
                    && wrote.effects().stream().anyMatch(each -> each.what() != Answer.What.UNCHANGED)) {
                Operation other = commits.putIfAbsent(new Commit(operation.workspace(), wrote.revision()), operation);
                if (other != null) {
                    found.accept(new Violation(
                            NAME, operation.toString(), wrote.revision(), "a revision of its own", "that of " + other));
                }
            }
        }

        private static void wishes(Operation operation, Map<Wish, Integer> wishes) {
            if (!(operation.answer() instanceof Answer.Refused)) {
                for (Operation.Part part : operation.parts()) {
                    if (part.specDigest() != 0) {
                        wishes.merge(new Wish(part.key(), part.specDigest()), 1, Integer::sum);
                    }
                }
            }
        }

        /** A spec that was asked for n times becomes an object's spec n times at most. */
        private void once(Key key, Map<Wish, Integer> wishes) {
            Map<Wish, Integer> became = new HashMap<>();
            State before = null;
            for (KeyHistory.Version version : truth.history(key).versions()) {
                State after = version.state();
                if (after != null && (before == null || before.specDigest() != after.specDigest())) {
                    Wish wish = new Wish(key, after.specDigest());
                    int times = became.merge(wish, 1, Integer::sum);
                    int asked = wishes.getOrDefault(wish, Integer.MAX_VALUE);
                    if (times > asked) {
                        found.accept(new Violation(
                                NAME,
                                "the final history",
                                version.revision(),
                                "a spec as often as it was asked for, " + asked,
                                after + " for the " + times + "th time"));
                    }
                }
                before = after;
            }
        }
    }
}
