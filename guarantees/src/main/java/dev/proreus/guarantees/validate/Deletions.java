package dev.proreus.guarantees.validate;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.truth.Lifetimes;
import dev.proreus.guarantees.truth.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletions: a workspace is gone with all below it, or not at all. Whoever asks for something of it after somebody was
 * told that it is gone is refused, and told that. It ends only where somebody asked for that, and did not take it back;
 * what anybody was told of it, that it was there, or that it is gone, is so in the final history. While it is being
 * deleted nothing new is made in it. A watch over a subtree is told once of each end, at its revision, and of nothing
 * that was in it after that; before it is told of what came to the same path, it is told of the end of what was there.
 *
 * <p>A recording that does not tell which workspaces there were is not judged.
 */
final class Deletions implements Validator {
    static final String NAME = "Deletions";

    /** Refusals that say nothing of the workspace, since nobody has looked. */
    private static final Set<String> UNSEEN = Set.of("RATE_LIMITED", "STOPPING");

    @Override
    public void validate(Recording recording, Truth truth, Consumer<Violation> found) {
        if (truth.lifetimes().areKnown()) {
            new Judgement(truth.lifetimes(), found).judge(recording);
        }
    }

    private static final class Judgement {
        private final Lifetimes lifetimes;
        private final Consumer<Violation> found;
        private final Map<String, Long> toldGone = new HashMap<>();
        private final Map<String, List<Operation>> deletions = new HashMap<>();
        private final Map<String, List<Operation>> undeletions = new HashMap<>();

        Judgement(Lifetimes lifetimes, Consumer<Violation> found) {
            this.lifetimes = lifetimes;
            this.found = found;
        }

        void judge(Recording recording) {
            recording.operations().forEach(this::collect);
            new Ends(lifetimes, this::gone, found).follow(recording.watches());
            recording.operations().forEach(this::answer);
            recording.operations().forEach(this::creation);
            recording.watches().forEach(this::watch);
            lifetimes.all().forEach(this::asked);
        }

        private void collect(Operation operation) {
            String workspace = operation.workspace();
            boolean refused = operation.answer() instanceof Answer.Refused;
            switch (operation.parts().get(0).verb()) {
                case DELETE_WORKSPACE -> add(deletions, operation, refused);
                case UNDELETE_WORKSPACE -> add(undeletions, operation, refused);
                default -> {}
            }
            if (stands(operation, Answer.Stage.GONE) || Lifetimes.saysGone(operation.answer())) {
                gone(workspace, operation.returned());
            }
        }

        private static void add(Map<String, List<Operation>> to, Operation operation, boolean refused) {
            if (!refused) {
                to.computeIfAbsent(operation.workspace(), any -> new ArrayList<>())
                        .add(operation);
            }
        }

        private static boolean stands(Operation operation, Answer.Stage stage) {
            return operation.answer() instanceof Answer.Stands stands && stands.stage() == stage;
        }

        /** Takes note that somebody was told that a workspace is gone. */
        private void gone(String workspace, long time) {
            toldGone.merge(workspace, time, Math::min);
        }

        private boolean isToldGone(String workspace, long before) {
            for (String each = workspace; !each.isEmpty(); each = Lifetime.parent(each)) {
                if (toldGone.getOrDefault(each, Long.MAX_VALUE) < before) {
                    return true;
                }
            }
            return false;
        }

        private void answer(Operation operation) {
            String workspace = operation.workspace();
            boolean told = isToldGone(workspace, operation.called());
            if (Lifetimes.wasThere(operation)) {
                if (!lifetimes.wasEver(workspace)) {
                    tell(operation, workspace + " in the final history", "no such workspace");
                } else if (told) {
                    tell(operation, "a refusal, since " + workspace + " is gone", operation.answer());
                }
            } else if (told
                    && operation.answer() instanceof Answer.Refused refused
                    && !Lifetimes.saysGone(refused)
                    && !UNSEEN.contains(refused.reason())) {
                tell(operation, "to be told that " + workspace + " is gone", refused);
            }
            if (Lifetimes.saysGone(operation.answer()) || stands(operation, Answer.Stage.GONE)) {
                ended(operation, workspace);
            }
        }

        private void ended(Object where, String workspace) {
            if (lifetimes.wasEver(workspace) && lifetimes.end(workspace) == null) {
                tell(where, "the end of " + workspace + " in the final history", "that it never ended");
            }
        }

        private void watch(RecordedWatch watch) {
            String workspace = watch.interest().workspace();
            if (watch.interest().audit()) {
                return;
            }
            if (watch.end().endsWith(" WORKSPACE_DELETED")) {
                ended(watch, workspace);
            }
            if (watch.messages().iterator().hasNext() && isToldGone(workspace, watch.opened())) {
                tell(watch, "a refusal, since " + workspace + " is gone", "messages");
            }
        }

        /** What is being deleted takes nothing new in, unless somebody takes that back meanwhile. */
        private void creation(Operation operation) {
            boolean created = !operation.dryRun()
                    && operation.answer() instanceof Answer.Wrote wrote
                    && wrote.effects().stream().anyMatch(each -> each.what() == Answer.What.CREATED);
            for (String each = operation.workspace(); created && !each.isEmpty(); each = Lifetime.parent(each)) {
                for (Operation deletion : deletions.getOrDefault(each, List.of())) {
                    if (stands(deletion, Answer.Stage.TERMINATING)
                            && deletion.returned() < operation.called()
                            && undeletions.getOrDefault(deletion.workspace(), List.of()).stream()
                                    .noneMatch(undeletion -> meets(undeletion, deletion, operation))) {
                        tell(operation, "nothing new, since " + each + " is being deleted", operation.answer());
                        return;
                    }
                }
            }
        }

        private static boolean meets(Operation undeletion, Operation deletion, Operation creation) {
            boolean unknown = undeletion.answer() instanceof Answer.Unknown;
            return undeletion.called() < creation.returned() && (unknown || undeletion.returned() > deletion.called());
        }

        /** A workspace ends where its deletion was asked for and not taken back. */
        private void asked(Lifetime lifetime) {
            boolean asked = lifetime.ended() == 0
                    || deletions.getOrDefault(lifetime.workspace(), List.of()).stream()
                            .anyMatch(deletion -> !isTakenBack(deletion));
            if (!asked) {
                found.accept(new Violation(
                        NAME,
                        lifetime.workspace(),
                        lifetime.ended(),
                        "no end that nobody asked for, or that was taken back",
                        "its end"));
            }
        }

        private boolean isTakenBack(Operation deletion) {
            return !(deletion.answer() instanceof Answer.Unknown)
                    && undeletions.getOrDefault(deletion.workspace(), List.of()).stream()
                            .anyMatch(each -> stands(each, Answer.Stage.ACTIVE) && each.called() > deletion.returned());
        }

        private void tell(Object where, String expected, Object seen) {
            found.accept(new Violation(NAME, where.toString(), 0, expected, seen.toString()));
        }
    }
}
