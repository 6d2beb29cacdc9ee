package dev.proreus.cli.manifest;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads the text of a file, YAML or JSON, into its manifests. JSON needs no reader of its own: it is YAML 1.2. */
public final class ManifestReader {
    /** Levels of nesting that are read; the server allows fewer and says so with the path. */
    static final int LEVELS_MAX = 100;

    /** Characters of a file. */
    static final int FILE_CHARS_MAX = 64 << 20;

    private ManifestReader() {}

    /**
     * Reads all documents of a text, leaving out empty ones.
     *
     * @param source name of the file, for messages
     * @throws FailedException with the line of the first thing that is wrong
     */
    public static List<Manifest> read(String source, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setCodePointLimit(FILE_CHARS_MAX)
                .build();
        try {
            requireFlat(source, new Parse(settings).parseString(text));
            List<Manifest> manifests = new ArrayList<>();
            for (Node document : new Compose(settings).composeAllFromString(text)) {
                if (!isEmpty(document)) {
                    manifests.add(manifest(source, document));
                }
            }
            return manifests;
        } catch (YamlEngineException e) {
            throw malformed(source, e);
        }
    }

    private static Manifest manifest(String source, Node document) {
        Place start = Place.of(source, document);
        if (document instanceof MappingNode mapping) {
            return ObjectNodes.manifest(source, mapping);
        }
        throw start.refuse("a document must be an object: a mapping with apiVersion, kind, metadata and spec");
    }

    private static boolean isEmpty(Node document) {
        return document instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** Refuses what nests too deep before the composer, which recurses, sees it. */
    private static void requireFlat(String source, Iterable<Event> events) {
        int level = 0;
        for (Event event : events) {
            if (event instanceof CollectionEndEvent) {
                level--;
            } else if (event instanceof CollectionStartEvent && ++level > LEVELS_MAX) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                throw new Place(source, line).refuse("the document nests deeper than " + LEVELS_MAX + " levels");
            }
        }
    }

    private static FailedException malformed(String source, YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            String problem = String.valueOf(marked.getProblem()).strip();
            int line = marked.getProblemMark().get().getLine() + 1;
            return new Place(source, line).refuse("not YAML or JSON: " + problem);
        }
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return FailedException.because(ExitCode.FAILED, source + ": not YAML or JSON: " + message);
    }
}
