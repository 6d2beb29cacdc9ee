package dev.proreus.guarantees.file;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.file.stored.Entry;
import dev.proreus.guarantees.file.stored.StoredEvent;
import dev.proreus.guarantees.file.stored.StoredKey;
import dev.proreus.guarantees.file.stored.StoredMessage;
import dev.proreus.guarantees.file.stored.StoredOperation;
import dev.proreus.guarantees.file.stored.StoredPage;
import dev.proreus.guarantees.file.stored.StoredPart;
import dev.proreus.guarantees.file.stored.StoredState;
import dev.proreus.guarantees.file.stored.StoredWatch;
import java.util.ArrayList;
import java.util.List;

/** Puts a recording together from its entries. What an entry names must have come before. */
final class EntryReader {
    private final Recording recording = new Recording();
    private final List<Key> keys = new ArrayList<>();
    private final List<State> states = new ArrayList<>();

    EntryReader() {}

    Recording recording() {
        return recording;
    }

    /**
     * Takes the next entry.
     *
     * @throws IllegalArgumentException where it says what no writer says
     * @throws IndexOutOfBoundsException where it names what did not come before
     */
    void take(Entry entry) {
        switch (entry.getEntryCase()) {
            case KEY -> keys.add(recording.key(key(entry.getKey())));
            case STATE -> states.add(recording.state(state(entry.getState())));
            case OPERATION -> recording.add(operation(entry.getOperation()));
            case WATCH -> recording.open(entry.getWatch().getOpened(), interest(entry.getWatch()));
            case MESSAGE ->
                recording.add(recording.watches().get(entry.getMessage().getWatch()), message(entry.getMessage()));
            case END ->
                recording.ended(
                        recording.watches().get(entry.getEnd().getWatch()),
                        entry.getEnd().getWhy());
            case LIFETIME ->
                recording.add(new Lifetime(
                        entry.getLifetime().getWorkspace(),
                        entry.getLifetime().getUid(),
                        entry.getLifetime().getEnded()));
            case ENTRY_NOT_SET -> throw new IllegalArgumentException("an entry of an unknown kind");
        }
    }

    private static Key key(StoredKey stored) {
        return new Key(stored.getWorkspace(), stored.getType(), stored.getName());
    }

    private State state(StoredState stored) {
        return new State(
                keys.get(stored.getKey()),
                stored.getUid(),
                stored.getResourceVersion(),
                stored.getGeneration(),
                stored.getDigest(),
                stored.getSpecDigest(),
                new Facts(stored.getLabelsMap(), stored.getFieldsMap()));
    }

    private Operation operation(StoredOperation stored) {
        List<Operation.Part> parts = new ArrayList<>();
        for (StoredPart part : stored.getPartsList()) {
            parts.add(new Operation.Part(
                    Operation.Verb.valueOf(part.getVerb()),
                    keys.get(part.getKey()),
                    part.getUid(),
                    part.getResourceVersion(),
                    part.getSpecDigest()));
        }
        return new Operation(
                stored.getClient(),
                stored.getCalled(),
                stored.getReturned(),
                stored.getDryRun(),
                parts,
                answer(stored));
    }

    private Answer answer(StoredOperation stored) {
        return switch (stored.getAnswerCase()) {
            case WROTE -> {
                List<Answer.Effect> effects = stored.getWrote().getEffectsList().stream()
                        .map(each -> new Answer.Effect(
                                Answer.What.valueOf(each.getWhat()),
                                each.getState() == 0 ? null : states.get(each.getState() - 1)))
                        .toList();
                yield new Answer.Wrote(stored.getWrote().getRevision(), effects);
            }
            case READ ->
                new Answer.Read(
                        stored.getRead().getRevision(),
                        states.get(stored.getRead().getState()));
            case PAGE -> page(stored.getPage());
            case REFUSED -> new Answer.Refused(stored.getRefused());
            case STANDS -> new Answer.Stands(Answer.Stage.valueOf(stored.getStands()));
            case ANSWER_NOT_SET -> new Answer.Unknown();
        };
    }

    private Answer page(StoredPage stored) {
        return new Answer.Page(
                stored.getRevision(),
                stored.getStatesList().stream().map(states::get).toList(),
                stored.getToken(),
                stored.getNextToken(),
                stored.getSize(),
                stored.getBytes(),
                stored.getSelected());
    }

    private static Interest interest(StoredWatch stored) {
        return new Interest(
                stored.getKey().getWorkspace(),
                stored.getSubtree(),
                stored.getKey().getType(),
                stored.getKey().getName(),
                stored.getLabelSelector(),
                stored.getFieldSelector(),
                stored.getLatest(),
                stored.getPrevious(),
                Interest.Start.valueOf(stored.getStart()),
                stored.getAfter(),
                stored.getToken(),
                stored.getAudit());
    }

    private Message message(StoredMessage stored) {
        List<Event> events = new ArrayList<>();
        for (StoredEvent event : stored.getEventsList()) {
            events.add(new Event(
                    Event.Kind.of(event.getKind()),
                    states.get(event.getState()),
                    event.getPrevious() == 0 ? null : states.get(event.getPrevious() - 1),
                    event.getRevision(),
                    event.getBytes()));
        }
        Message.Mark mark = stored.hasBookmark()
                ? new Message.Mark(
                        stored.getBookmark().getRevision(),
                        stored.getBookmark().getInitialDone(),
                        stored.getBookmark().getToken())
                : null;
        return new Message(stored.getArrived(), stored.getBytes(), events, mark);
    }
}
