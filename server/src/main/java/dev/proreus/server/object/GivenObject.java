package dev.proreus.server.object;

import com.google.protobuf.ByteString;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.canonical.Canonicalizer;
import dev.proreus.workspace.canonical.ConditionSection;
import dev.proreus.workspace.canonical.MetaField;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object that a request wants written: in canonical form, its type and name settled between what the request says
 * and what the object says itself.
 */
final class GivenObject {
    private static final String NOT_YET =
            "is that of an object that exists, which one that is created cannot have; leave it out, or use Update or"
                    + " Apply";

    private final Asked asked;
    private final ObjectSections object;

    /** Takes what a request gives, or refuses it. */
    GivenObject(Asked asked) {
        this.asked = asked;
        if (!asked.name().isEmpty()) {
            Checks.objectName(asked.name());
        }
        this.object = Canonicalizer.object(only(asked.objects()));
        checkName();
        checkContent();
    }

    /** Returns the wish to write it, judged under its type as it is defined now. */
    ObjectWrite wish(TypeCatalog types, Workspace workspace) {
        TypeDefinition type = type(types, workspace);
        checkType(type);
        MetaSections metadata = object.metadata();
        return new ObjectWrite(
                asked.verb(),
                workspace.id(),
                type.id(),
                type.version(),
                name(),
                sections(type),
                metadata.uid(),
                metadata.resourceVersion(),
                asked.manager(),
                asked.verb() == Verb.APPLY && asked.force(),
                null);
    }

    /** Returns the name; empty where the server is to complete it. */
    private String name() {
        return asked.name().isEmpty() ? object.metadata().name() : asked.name();
    }

    /** Returns the sections that the verb uses, complete; those that it ignores take no room in the queue. */
    private ObjectSections sections(TypeDefinition type) {
        MetaSections metadata = object.metadata();
        ObjectSections complete = object.withMetadata(name().isEmpty() ? metadata : metadata.withName(name()))
                .withType(
                        object.apiVersion().isEmpty() ? type.apiVersion() : object.apiVersion(),
                        type.names().kind());
        return asked.verb() == Verb.UPDATE_STATUS ? complete.withSpec(null) : complete.withStatus(null);
    }

    private TypeDefinition type(TypeCatalog types, Workspace workspace) {
        if (!asked.type().isEmpty()) {
            return types.resolve(workspace, asked.type());
        }
        if (object.apiVersion().isEmpty() || object.kind().isEmpty()) {
            throw Checks.refusal(
                    "type",
                    "is empty, and the object does not say both apiVersion and kind; name the type, such as robots");
        }
        return types.resolve(workspace, object.apiVersion(), object.kind());
    }

    private void checkType(TypeDefinition type) {
        if (type.id() == SystemTypes.WORKSPACES.id()) {
            throw Checks.refusal(
                    "type", "workspaces are written by the server only; use WorkspaceService, such as CreateWorkspace");
        }
        if (type.id() == SystemTypes.AGENTS.id()) {
            throw Checks.refusal(
                    "type", "agents are written by the server only; an agent makes its own by AgentService/Connect");
        }
        List<FieldViolation> violations = new ArrayList<>();
        String kind = type.names().kind();
        if (!object.kind().isEmpty() && !object.kind().equals(kind)) {
            violations.add(new FieldViolation(
                    "kind",
                    "is " + object.kind() + ", but objects of " + type.names().full() + " are of kind " + kind));
        }
        if (!object.apiVersion().isEmpty() && !type.serves(object.apiVersion())) {
            violations.add(new FieldViolation(
                    "apiVersion",
                    "is " + object.apiVersion() + ", which is no version of "
                            + type.names().full() + "; " + type.apiVersion() + " is one"));
        }
        refuse(violations);
    }

    private void checkName() {
        String named = asked.name();
        String said = object.metadata().name();
        if (!named.isEmpty() && !said.isEmpty() && !named.equals(said)) {
            refuse(List.of(new FieldViolation(
                    "metadata.name",
                    "is " + said + ", but the request's name is " + named + "; give one of them, or the same")));
        }
        if (!named.isEmpty() || !said.isEmpty()) {
            return;
        }
        if (asked.verb() != Verb.CREATE) {
            throw Checks.refusal("name", "is empty, and so is the object's metadata.name; say which object is meant");
        }
        if (object.metadata().generateName().isEmpty()) {
            throw Checks.refusal(
                    "name",
                    "is empty, and so are the object's metadata.name and generateName; give the object one of them");
        }
    }

    private void checkContent() {
        MetaSections metadata = object.metadata();
        if (asked.verb() == Verb.UPDATE_STATUS) {
            checkStatus(object.status());
            return;
        }
        NotBuiltYet.check(metadata.has(MetaField.OWNER_REFERENCES), MetaField.OWNER_REFERENCES.path());
        if (asked.verb() == Verb.CREATE) {
            checkUnconditional(metadata);
        }
        if (asked.verb() == Verb.UPDATE && metadata.resourceVersion() == 0) {
            throw Checks.refusal(
                    "metadata.resourceVersion",
                    "is missing; read the object, change what was read and send it back, or use Apply");
        }
    }

    /** Refuses preconditions that no object can meet which is yet to come. */
    private static void checkUnconditional(MetaSections metadata) {
        if (!metadata.uid().isEmpty()) {
            throw Checks.refusal("metadata.uid", NOT_YET);
        }
        if (metadata.resourceVersion() != 0) {
            throw Checks.refusal("metadata.resourceVersion", NOT_YET);
        }
    }

    private static void checkStatus(@Nullable StatusSections status) {
        if (status == null) {
            throw Checks.refusal("status", "is missing; UpdateStatus replaces the whole status");
        }
        List<FieldViolation> violations = new ArrayList<>();
        for (ConditionSection each : status.conditions()) {
            if (Checks.isServersCondition(each.type())) {
                violations.add(new FieldViolation(
                        "status.conditions", "names " + each.type() + ", which the server alone writes; leave it out"));
            }
        }
        refuse(violations);
    }

    /**
     * Returns the one object of a request; a field that is given twice would be merged by one reader and not by
     * another.
     */
    private static ByteString only(List<ByteString> objects) {
        if (objects.isEmpty()) {
            throw Checks.refusal("object", "is missing; give the object to write");
        }
        if (objects.size() > 1) {
            refuse(List.of(new FieldViolation("object", "is there twice; a field is allowed once")));
        }
        return objects.get(0);
    }

    private static void refuse(List<FieldViolation> violations) {
        if (!violations.isEmpty()) {
            throw RefusedException.invalid(Reason.INVALID_OBJECT, "the object is invalid", violations);
        }
    }
}
