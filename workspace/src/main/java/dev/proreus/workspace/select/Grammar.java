package dev.proreus.workspace.select;

import dev.proreus.workspace.Term;

/** In what selectors of labels and those of fields differ. */
interface Grammar {
    /** Returns the name of the request's field. */
    String field();

    /** Returns what requirements speak of. */
    Term.Kind kind();

    /** Returns whether it can be asked that a key exists or does not. */
    boolean hasExistence();

    /** Returns what is wrong with a key; empty where it is right. */
    String violationOfKey(String key);

    /** Returns what is wrong with a value that a key is compared with; empty where it is right. */
    String violationOfValue(String key, String value);
}
