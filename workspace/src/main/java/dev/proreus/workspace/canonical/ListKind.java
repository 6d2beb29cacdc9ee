package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, in the order given.
 *
 * @param <E> what an element means
 */
abstract sealed class ListKind<E> extends MetaKind.Encoded<List<E>> permits ListKind.Texts, ListKind.Owners {
    private final int allowed;
    private final int elementBytes;

    /**
     * Makes the kind of a list.
     *
     * @param allowed elements at most
     * @param elementBytes of one element, roughly
     */
    private ListKind(int allowed, int elementBytes) {
        this.allowed = allowed;
        this.elementBytes = elementBytes;
    }

    /** Takes an element from outside, between the cursor and {@code end}. */
    abstract E walkElement(String path, MetadataWalk walk, List<E> before, int end);

    /** Reads the content of an element that is canonical, between the cursor and {@code end}. */
    abstract E readElement(WireCursor in, int end);

    /** Writes the content of an element. */
    abstract void writeElement(E element, WireBuffer out);

    @Override
    final Object walk(MetaField<?> field, MetadataWalk walk, @Nullable Object before, int end) {
        @SuppressWarnings("unchecked") // what this method returned before
        Elements<E> elements = before == null ? new Elements<>() : (Elements<E>) before;
        int elementEnd = walk.in().block(end);
        int index = elements.list.size();
        if (index < allowed) {
            String path = field.path() + "[" + index + "]";
            elements.list.add(walkElement(path, walk, elements.list, elementEnd));
            return elements;
        }
        walk.in().moveTo(elementEnd);
        if (!elements.areTooMany) {
            walk.violations().add(field.path(), "has more than " + allowed + " elements");
            elements.areTooMany = true;
        }
        return elements;
    }

    @Override
    final Object walked(MetaField<?> field, Object last) {
        @SuppressWarnings("unchecked") // what walk returned
        Elements<E> elements = (Elements<E>) last;
        return encode(field.tag(), elements.list);
    }

    @Override
    final List<E> decode(ByteString fields) {
        List<E> elements = new ArrayList<>();
        WireCursor in = ByteSpan.of(fields).cursor();
        while (in.at() < in.end()) {
            in.tag(in.end());
            elements.add(readElement(in, in.block(in.end())));
        }
        return Collections.unmodifiableList(elements);
    }

    @Override
    final ByteString encode(int tag, List<E> elements) {
        WireBuffer out = new WireBuffer(elementBytes * elements.size());
        for (E element : elements) {
            int start = out.open(tag, elementBytes);
            writeElement(element, out);
            out.close(start, elementBytes);
        }
        return out.toBytes();
    }

    /** The elements that a walk has met. */
    private static final class Elements<E> {
        private final List<E> list = new ArrayList<>();
        private boolean areTooMany;
    }

    /** A list of texts, each once. */
    static final class Texts extends ListKind<String> {
        private final TextRule rule;

        Texts(int allowed, TextRule rule) {
            super(allowed, 32);
            this.rule = rule;
        }

        @Override
        String walkElement(String path, MetadataWalk walk, List<String> before, int end) {
            String text = walk.scalars().content(path, end);
            walk.violations().addUnlessEmpty(path, rule.violationOf(text));
            if (before.contains(text)) {
                walk.violations().add(path, "is there twice");
            }
            return text;
        }

        @Override
        String readElement(WireCursor in, int end) {
            String text = in.text(in.at(), end);
            in.moveTo(end);
            return text;
        }

        @Override
        void writeElement(String element, WireBuffer out) {
            out.raw(ByteString.copyFromUtf8(element));
        }
    }

    /** A list of owner references. */
    static final class Owners extends ListKind<OwnerReference> {
        Owners(int allowed) {
            super(allowed, 128);
        }

        @Override
        OwnerReference walkElement(String path, MetadataWalk walk, List<OwnerReference> before, int end) {
            return OwnerReference.walk(path, walk.in(), end, walk.violations());
        }

        @Override
        OwnerReference readElement(WireCursor in, int end) {
            return OwnerReference.read(in, end);
        }

        @Override
        void writeElement(OwnerReference element, WireBuffer out) {
            element.write(out);
        }
    }
}
