package dev.proreus.loadtest.client;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;

/**
 * The plainest definition of a resource type.
 *
 * @param singular its short name, of small letters; the plural has an s more
 * @param group its group
 * @param inherit whether it is usable below the workspace that defines it
 */
public record TypeDefinition(String singular, String group, boolean inherit) {
    /** The resource type of definitions. */
    public static final String TYPES = "resourcetypes.proreus.dev";

    /** Returns the name of the type. */
    public String name() {
        return singular + "s." + group;
    }

    /** Returns the request that defines it in a workspace. */
    public ApplyRequest in(String workspace) {
        return ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(TYPES)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(name()))
                        .setSpec(spec()))
                .build();
    }

    private Struct spec() {
        String kind = Character.toUpperCase(singular.charAt(0)) + singular.substring(1);
        Struct names = Struct.newBuilder()
                .putFields("plural", text(singular + "s"))
                .putFields("singular", text(singular))
                .putFields("kind", text(kind))
                .build();
        Struct version = Struct.newBuilder().putFields("name", text("v1")).build();
        return Struct.newBuilder()
                .putFields("group", text(group))
                .putFields("names", Value.newBuilder().setStructValue(names).build())
                .putFields(
                        "versions",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(version)))
                                .build())
                .putFields("inherit", Value.newBuilder().setBoolValue(inherit).build())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
