package dev.proreus.workspace.check;

/**
 * A fault of a store: where something is not as it must be, and what.
 *
 * @param table label of the table, {@code file} or {@code folder}
 * @param key the row's key in readable form, or the name of the file or folder
 * @param wrong what is wrong, in one line
 */
public record Finding(String table, String key, String wrong) {

    @Override
    public String toString() {
        return table + " " + key + ": " + wrong;
    }
}
