package dev.proreus.cli.manifest;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A line of a file.
 *
 * @param source name of the file, or {@code -} for the standard input
 * @param line from 1
 */
public record Place(String source, int line) {

    static Place of(String source, Node node) {
        return new Place(source, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    /** Returns the refusal of what stands here. */
    FailedException refuse(String what) {
        return FailedException.because(ExitCode.FAILED, this + ": " + what);
    }

    /** Returns the text, where it is Unicode: half a surrogate pair, by an escape, would not survive the way. */
    String requireText(String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw refuse("the string holds half a surrogate pair, which is not Unicode text");
        }
        return text;
    }

    @Override
    public String toString() {
        return source + ":" + line;
    }
}
