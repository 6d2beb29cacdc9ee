package dev.proreus.workspace.type;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Names;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StructView;
import dev.proreus.workspace.canonical.ValueView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Reads a resource type's definition out of an object of type {@code resourcetypes.proreus.dev}. */
public final class DefinitionReader {
    private static final Set<String> KEYS = Set.of(
            "group",
            "names",
            "inherit",
            "versions",
            "printColumns",
            "selectableFields",
            "assignmentField",
            "drivenBy",
            "cleanup",
            "safeAfter");

    private static final int MAX_ENTRIES = 64;

    private final List<FieldViolation> violations = new ArrayList<>();
    private int violated;
    private final StructView spec;

    private DefinitionReader(StructView spec) {
        this.spec = spec;
    }

    /**
     * Reads a definition.
     *
     * @param object the object, its metadata.name the full name of the type
     * @param id internal id of the type
     * @param uid identity of the definition
     * @param workspaceId internal id of the workspace that defines it
     * @param path path of that workspace
     * @param version count of the definition's changes
     * @throws RefusedException with {@link Reason#INVALID_OBJECT} and all violations, or {@link Reason#NOT_BUILT_YET}
     */
    public static TypeDefinition read(
            ObjectSections object, int id, UUID uid, long workspaceId, String path, long version) {
        ByteString spec = object.spec();
        DefinitionReader reader = new DefinitionReader(spec == null ? StructView.EMPTY : StructView.of(spec));
        TypeNames names = reader.names();
        reader.checkName(names, object.metadata().name());
        reader.checkKeys();
        TypeDefinition type = new TypeDefinition(
                id,
                uid,
                workspaceId,
                path,
                version,
                names,
                reader.versions(),
                reader.columns(),
                reader.fields(),
                reader.bool("inherit"));
        if (!reader.violations.isEmpty()) {
            throw RefusedException.invalid(
                    Reason.INVALID_OBJECT,
                    "resource type " + object.metadata().name() + " is invalid",
                    reader.violations);
        }
        reader.refuseNotBuilt();
        return type;
    }

    private TypeNames names() {
        StructView given = spec.find("names").struct();
        String group = text(spec, "group", "spec.group", Names::violationOfName);
        String plural = text(given, "plural", "spec.names.plural", Names::violationOfLabel);
        String kind = text(given, "kind", "spec.names.kind", Names::violationOfKind);
        String singular = given.find("singular").isPresent()
                ? text(given, "singular", "spec.names.singular", Names::violationOfLabel)
                : kind.toLowerCase(java.util.Locale.ROOT);
        List<String> shortNames = strings(given.find("shortNames"), "spec.names.shortNames", Names::violationOfLabel);
        if (group.equals(SystemTypes.GROUP)) {
            violate("spec.group", "is the server's own: choose a domain of yours, such as fleet.example.com");
        }
        return new TypeNames(group, plural, singular, kind, shortNames);
    }

    private void checkName(TypeNames names, String objectName) {
        if (violations.isEmpty() && !objectName.equals(names.full())) {
            violate("metadata.name", "must be plural and group: " + names.full());
        }
    }

    private void checkKeys() {
        for (Map.Entry<String, ValueView> entry : spec) {
            if (!KEYS.contains(entry.getKey())) {
                violate(
                        "spec." + entry.getKey(),
                        "is not known; known are "
                                + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
    }

    private void refuseNotBuilt() {
        boolean definer = spec.find("drivenBy").stringOr("WORKSPACE").equals("DEFINER");
        if (definer || bool("cleanup") || spec.find("safeAfter").isPresent()) {
            throw RefusedException.because(
                    Reason.NOT_BUILT_YET,
                    "drivenBy: DEFINER, cleanup and safeAfter of resource types are not built yet: leave them out");
        }
    }

    private List<TypeDefinition.Version> versions() {
        List<TypeDefinition.Version> versions = new ArrayList<>();
        for (ValueView each : elements(spec.find("versions"), "spec.versions")) {
            String path = "spec.versions[" + versions.size() + "]";
            String name = text(each.struct(), "name", path + ".name", Names::violationOfLabel);
            ValueView schema = each.struct().find("schema");
            if (schema.isPresent() && schema.kind() != ValueView.Kind.STRING) {
                violate(path + ".schema", "must be JSON text; `proreus apply` packs an inline schema");
            }
            versions.add(new TypeDefinition.Version(name, schema.stringOr("")));
        }
        if (versions.isEmpty()) {
            violate("spec.versions", "must name at least one version, such as [{name: v1}]");
        }
        return versions;
    }

    private List<TypeDefinition.Column> columns() {
        List<TypeDefinition.Column> columns = new ArrayList<>();
        for (ValueView each : elements(spec.find("printColumns"), "spec.printColumns")) {
            String path = "spec.printColumns[" + columns.size() + "]";
            String name = text(each.struct(), "name", path + ".name", DefinitionReader::violationOfColumn);
            columns.add(new TypeDefinition.Column(
                    name, text(each.struct(), "path", path + ".path", DefinitionReader::violationOfPath)));
        }
        return columns;
    }

    private DeclaredFields fields() {
        int before = violated;
        List<String> selectable = strings(
                spec.find("selectableFields"), "spec.selectableFields", DefinitionReader::violationOfSelectable);
        if (selectable.size() > Limits.SELECTABLE_FIELDS) {
            violate(
                    "spec.selectableFields",
                    "has " + selectable.size() + " entries; at most " + Limits.SELECTABLE_FIELDS + " are allowed");
        }
        String assignmentField = spec.find("assignmentField").isPresent()
                ? text(spec, "assignmentField", "spec.assignmentField", DefinitionReader::violationOfSpecPath)
                : "";
        return violated == before ? new DeclaredFields(selectable, assignmentField, 0) : DeclaredFields.NONE;
    }

    private boolean bool(String key) {
        ValueView value = spec.find(key);
        if (value.isPresent() && value.kind() != ValueView.Kind.BOOL) {
            violate("spec." + key, "must be true or false");
        }
        return value.boolOr(false);
    }

    private String text(StructView in, String key, String path, UnaryOperator<String> rule) {
        ValueView value = in.find(key);
        if (value.kind() != ValueView.Kind.STRING) {
            violate(path, value.isPresent() ? "must be a string" : "is missing");
            return "";
        }
        String text = value.stringOr("");
        String violation = rule.apply(text);
        if (!violation.isEmpty()) {
            violate(path, violation);
        }
        return text;
    }

    private List<String> strings(ValueView list, String path, UnaryOperator<String> rule) {
        List<String> strings = new ArrayList<>();
        for (ValueView each : elements(list, path)) {
            String at = path + "[" + strings.size() + "]";
            String text = each.stringOr("");
            String violation = each.kind() == ValueView.Kind.STRING ? rule.apply(text) : "must be a string";
            if (!violation.isEmpty()) {
                violate(at, violation);
            }
            strings.add(text);
        }
        return strings;
    }

    private List<ValueView> elements(ValueView list, String path) {
        List<ValueView> elements = new ArrayList<>();
        if (list.isPresent() && list.kind() != ValueView.Kind.LIST) {
            violate(path, "must be a list");
        }
        list.elements().forEach(elements::add);
        if (elements.size() > MAX_ENTRIES) {
            violate(path, "has " + elements.size() + " entries; at most " + MAX_ENTRIES + " are allowed");
            return List.of();
        }
        return elements;
    }

    /** Notes what is wrong; what is too much for an answer counts nevertheless. */
    private void violate(String path, String description) {
        violated++;
        if (violations.size() < Limits.VIOLATIONS) {
            violations.add(new FieldViolation(path, description));
        }
    }

    private static String violationOfColumn(String name) {
        return name.isBlank() || name.length() > Limits.LABEL_CHARS
                ? "must be a text of 1 to " + Limits.LABEL_CHARS + " characters"
                : "";
    }

    private static String violationOfPath(String path) {
        boolean right =
                path.length() <= Limits.NAME_CHARS && path.matches("(spec|status|metadata)(\\.[A-Za-z0-9_-]+)+");
        return right ? "" : "must be a path below spec, status or metadata, such as spec.target";
    }

    private static String violationOfSelectable(String path) {
        return path.startsWith("metadata.")
                ? "must be a path below spec or status, such as spec.target; metadata.name can always be selected by"
                : violationOfPath(path);
    }

    private static String violationOfSpecPath(String path) {
        return path.startsWith("spec.") ? violationOfPath(path) : "must be a path below spec, such as spec.agent";
    }
}
