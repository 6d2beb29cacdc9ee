package dev.proreus.server.rpc;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;

/** Refuses what the contract names and this version does not do: nothing pretends. */
public final class NotBuiltYet {
    private NotBuiltYet() {}

    /**
     * Returns the refusal of something.
     *
     * @param what such as {@code "ObjectService/Patch"} or {@code "label_selector"}
     * @param instead what to do, such as {@code "leave it empty"}
     */
    public static RefusedException refusal(String what, String instead) {
        return RefusedException.because(
                        Reason.NOT_BUILT_YET, what + " is part of the contract but not built yet: " + instead)
                .with("feature", what);
    }

    /**
     * Refuses a field that asks for what is not built.
     *
     * @param asked whether the request sets it
     * @param field such as {@code label_selector}
     */
    public static void check(boolean asked, String field) {
        if (asked) {
            throw refusal(field, "leave it unset");
        }
    }

    /** Returns the handler of a method that is not built. */
    static UnaryHandler method(String fullName) {
        return request -> {
            throw refusal(fullName, "use another method");
        };
    }
}
