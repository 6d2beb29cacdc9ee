package dev.proreus.cli.form;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import org.jspecify.annotations.Nullable;

/** Trees as JSON text, and back. */
public final class JsonText {
    private static final Gson COMPACT = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();
    private static final Gson PRETTY = COMPACT.newBuilder().setPrettyPrinting().create();

    private JsonText() {}

    /** Returns the tree on one line. */
    public static String compact(@Nullable Object tree) {
        return COMPACT.toJson(tree);
    }

    /** Returns the tree on as many lines as a reader likes, without a line's end after the last. */
    public static String pretty(@Nullable Object tree) {
        return PRETTY.toJson(tree);
    }

    /**
     * Returns the tree of a text.
     *
     * @throws com.google.gson.JsonParseException where it is not JSON
     */
    static @Nullable Object parse(String text) {
        return COMPACT.fromJson(text, Object.class);
    }
}
