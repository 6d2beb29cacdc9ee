package dev.proreus.guarantees.file;

import dev.proreus.guarantees.Answer;
import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Lifetime;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.file.stored.Entry;
import dev.proreus.guarantees.file.stored.StoredEffect;
import dev.proreus.guarantees.file.stored.StoredEnd;
import dev.proreus.guarantees.file.stored.StoredEvent;
import dev.proreus.guarantees.file.stored.StoredKey;
import dev.proreus.guarantees.file.stored.StoredLifetime;
import dev.proreus.guarantees.file.stored.StoredMark;
import dev.proreus.guarantees.file.stored.StoredMessage;
import dev.proreus.guarantees.file.stored.StoredOperation;
import dev.proreus.guarantees.file.stored.StoredPage;
import dev.proreus.guarantees.file.stored.StoredPart;
import dev.proreus.guarantees.file.stored.StoredRead;
import dev.proreus.guarantees.file.stored.StoredState;
import dev.proreus.guarantees.file.stored.StoredWatch;
import dev.proreus.guarantees.file.stored.StoredWrote;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes entries, and numbers what they name. */
final class EntryWriter {
    private final OutputStream out;
    private final Map<Key, Integer> keys = new HashMap<>();
    private final Map<State, Integer> states = new HashMap<>();

    EntryWriter(OutputStream out) {
        this.out = out;
    }

    void write(Recording recording) throws IOException {
        for (Operation operation : recording.operations()) {
            write(operation);
        }
        for (RecordedWatch watch : recording.watches()) {
            write(watch);
        }
        for (Lifetime lifetime : recording.lifetimes()) {
            write(Entry.newBuilder()
                    .setLifetime(StoredLifetime.newBuilder()
                            .setWorkspace(lifetime.workspace())
                            .setUid(lifetime.uid())
                            .setEnded(lifetime.ended())));
        }
    }

    private void write(Operation operation) throws IOException {
        StoredOperation.Builder stored = StoredOperation.newBuilder()
                .setClient(operation.client())
                .setCalled(operation.called())
                .setReturned(operation.returned())
                .setDryRun(operation.dryRun());
        for (Operation.Part part : operation.parts()) {
            stored.addParts(StoredPart.newBuilder()
                    .setVerb(part.verb().name())
                    .setKey(number(part.key()))
                    .setUid(part.uid())
                    .setResourceVersion(part.resourceVersion())
                    .setSpecDigest(part.specDigest()));
        }
        Answer answer = operation.answer();
        if (answer instanceof Answer.Wrote wrote) {
            StoredWrote.Builder effects = StoredWrote.newBuilder().setRevision(wrote.revision());
            for (Answer.Effect effect : wrote.effects()) {
                effects.addEffects(StoredEffect.newBuilder()
                        .setWhat(effect.what().name())
                        .setState(numberFromOne(effect.state())));
            }
            stored.setWrote(effects);
        } else if (answer instanceof Answer.Read read) {
            stored.setRead(StoredRead.newBuilder().setRevision(read.revision()).setState(number(read.state())));
        } else if (answer instanceof Answer.Page page) {
            stored.setPage(page(page));
        } else if (answer instanceof Answer.Refused refused) {
            stored.setRefused(refused.reason());
        } else if (answer instanceof Answer.Stands stands) {
            stored.setStands(stands.stage().name());
        }
        write(Entry.newBuilder().setOperation(stored));
    }

    private StoredPage page(Answer.Page page) throws IOException {
        StoredPage.Builder stored = StoredPage.newBuilder()
                .setRevision(page.revision())
                .setToken(page.token())
                .setNextToken(page.nextToken())
                .setSize(page.size())
                .setBytes(page.bytes())
                .setSelected(page.selected());
        for (State state : page.states()) {
            stored.addStates(number(state));
        }
        return stored.build();
    }

    private void write(RecordedWatch watch) throws IOException {
        Interest interest = watch.interest();
        write(Entry.newBuilder()
                .setWatch(StoredWatch.newBuilder()
                        .setKey(stored(new Key(interest.workspace(), interest.type(), interest.name())))
                        .setOpened(watch.opened())
                        .setLabelSelector(interest.labelSelector())
                        .setFieldSelector(interest.fieldSelector())
                        .setLatest(interest.latest())
                        .setPrevious(interest.previous())
                        .setStart(interest.start().name())
                        .setAfter(interest.after())
                        .setSubtree(interest.subtree())
                        .setToken(interest.token())
                        .setAudit(interest.audit())));
        for (Message message : watch.messages()) {
            StoredMessage.Builder stored = StoredMessage.newBuilder()
                    .setWatch(watch.number())
                    .setArrived(message.arrived())
                    .setBytes(message.bytes());
            for (Event event : message.events()) {
                stored.addEvents(StoredEvent.newBuilder()
                        .setKind(event.kind().code())
                        .setState(number(event.state()))
                        .setPrevious(numberFromOne(event.previous()))
                        .setRevision(event.revision())
                        .setBytes(event.bytes()));
            }
            Message.Mark mark = message.bookmark();
            if (mark != null) {
                stored.setBookmark(StoredMark.newBuilder()
                        .setRevision(mark.revision())
                        .setInitialDone(mark.initialDone())
                        .setToken(mark.token()));
            }
            write(Entry.newBuilder().setMessage(stored));
        }
        if (!watch.end().isEmpty()) {
            write(Entry.newBuilder()
                    .setEnd(StoredEnd.newBuilder().setWatch(watch.number()).setWhy(watch.end())));
        }
    }

    private int numberFromOne(@Nullable State state) throws IOException {
        return state == null ? 0 : number(state) + 1;
    }

    private int number(State state) throws IOException {
        Integer known = states.get(state);
        if (known != null) {
            return known;
        }
        write(Entry.newBuilder()
                .setState(StoredState.newBuilder()
                        .setKey(number(state.key()))
                        .setUid(state.uid())
                        .setResourceVersion(state.resourceVersion())
                        .setGeneration(state.generation())
                        .setDigest(state.digest())
                        .setSpecDigest(state.specDigest())
                        .putAllLabels(state.facts().labels())
                        .putAllFields(state.facts().fields())));
        states.put(state, states.size());
        return states.size() - 1;
    }

    private int number(Key key) throws IOException {
        Integer known = keys.get(key);
        if (known != null) {
            return known;
        }
        write(Entry.newBuilder().setKey(stored(key)));
        keys.put(key, keys.size());
        return keys.size() - 1;
    }

    private static StoredKey stored(Key key) {
        return StoredKey.newBuilder()
                .setWorkspace(key.workspace())
                .setType(key.type())
                .setName(key.name())
                .build();
    }

    private void write(Entry.Builder entry) throws IOException {
        entry.build().writeDelimitedTo(out);
    }
}
