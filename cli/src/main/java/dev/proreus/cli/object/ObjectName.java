package dev.proreus.cli.object;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.v1.Object;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a command line means by TYPE NAME or TYPE/NAME.
 *
 * @param type any name of the resource type
 * @param name of the object; empty where all of the type are meant
 */
record ObjectName(String type, String name) {

    /** Reads TYPE, TYPE NAME..., or TYPE/NAME... */
    static List<ObjectName> parse(String type, List<String> names) {
        if (type.contains("/")) {
            return Stream.concat(Stream.of(type), names.stream())
                    .map(ObjectName::parseSlashed)
                    .toList();
        }
        return names.isEmpty()
                ? List.of(new ObjectName(type, ""))
                : names.stream().map(name -> new ObjectName(type, name)).toList();
    }

    /** Returns the word by which messages and other commands call an object, such as robot/robot-1. */
    static String of(Object object) {
        return object.getKind().toLowerCase(Locale.ROOT) + "/"
                + object.getMetadata().getName();
    }

    private static ObjectName parseSlashed(String word) {
        String[] parts = word.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw FailedException.because(ExitCode.USAGE, "'" + word + "' is not of the form TYPE/NAME")
                    .advise("TYPE NAME... or TYPE/NAME..., such as robot/robot-1");
        }
        return new ObjectName(parts[0], parts[1]);
    }
}
