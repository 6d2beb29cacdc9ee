package dev.proreus.cli.form;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Trees as YAML 1.2 text, in blocks, in which a string that looks like a number is quoted. */
public final class YamlText {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSchema(new CoreSchema())
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .build();

    private YamlText() {}

    /** Returns the tree as a document that ends in a line's end. */
    public static String of(Map<String, @Nullable Object> tree) {
        return new Dump(SETTINGS).dumpToString(tree);
    }
}
