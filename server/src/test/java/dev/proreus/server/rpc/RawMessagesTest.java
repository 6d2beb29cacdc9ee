package dev.proreus.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.proreus.server.rpc.raw.RawBatchRequest;
import dev.proreus.server.rpc.raw.RawConnectRequest;
import dev.proreus.server.rpc.raw.RawMutation;
import dev.proreus.server.rpc.raw.RawProto;
import dev.proreus.server.rpc.raw.RawReport;
import dev.proreus.server.rpc.raw.RawWriteRequest;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Report;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the messages as the server reads them have the wire form of the public ones, whose numbers they repeat. */
class RawMessagesTest {
    /** Each raw message, and the public ones that it is read from; together these have all of its fields. */
    private static final Map<Descriptor, List<Descriptor>> READ_FROM = Map.of(
            RawWriteRequest.getDescriptor(),
            List.of(
                    CreateRequest.getDescriptor(),
                    UpdateRequest.getDescriptor(),
                    UpdateStatusRequest.getDescriptor(),
                    ApplyRequest.getDescriptor()),
            RawBatchRequest.getDescriptor(),
            List.of(WriteRequest.getDescriptor()),
            RawMutation.getDescriptor(),
            List.of(Mutation.getDescriptor()),
            RawConnectRequest.getDescriptor(),
            List.of(ConnectRequest.getDescriptor()),
            RawReport.getDescriptor(),
            List.of(Report.getDescriptor()));

    @Test
    void everyRawMessageHasTheFieldsOfThePublicOnes() {
        List<String> faults = new ArrayList<>();
        READ_FROM.forEach((raw, sources) -> faults.addAll(faults(raw, sources, READ_FROM)));
        assertThat(faults).isEmpty();
    }

    @Test
    void noRawMessageIsForgotten() {
        assertThat(RawProto.getDescriptor().getMessageTypes()).containsExactlyInAnyOrderElementsOf(READ_FROM.keySet());
    }

    @Test
    void whatDiffersIsFound() throws DescriptorValidationException {
        Descriptor raw = message(
                "Raw",
                field("same", 1, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("renamed", 2, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("moved", 4, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("retyped", 5, FieldDescriptorProto.Type.TYPE_UINT32, false),
                field("invented", 6, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("body", 7, FieldDescriptorProto.Type.TYPE_BYTES, true),
                field("once", 8, FieldDescriptorProto.Type.TYPE_BYTES, false),
                field("numbers", 9, FieldDescriptorProto.Type.TYPE_INT64, true),
                field("text", 10, FieldDescriptorProto.Type.TYPE_BYTES, true));
        Descriptor open = message(
                "Open",
                field("same", 1, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("other", 2, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("moved", 3, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("retyped", 5, FieldDescriptorProto.Type.TYPE_STRING, false),
                field("body", 7, FieldDescriptorProto.Type.TYPE_MESSAGE, false),
                field("once", 8, FieldDescriptorProto.Type.TYPE_MESSAGE, false),
                field("numbers", 9, FieldDescriptorProto.Type.TYPE_INT64, false),
                field("text", 10, FieldDescriptorProto.Type.TYPE_STRING, false));

        assertThat(faults(raw, List.of(open), Map.of()))
                .containsExactlyInAnyOrder(
                        "Raw.renamed is called other in Open",
                        "Open.moved = 3 is missing from Raw",
                        "Raw.moved = 4 is in no public message",
                        "Raw.retyped is uint32, but string in Open",
                        "Raw.invented = 6 is in no public message",
                        "Raw.once is not repeated: given twice, one would be lost",
                        "Raw.numbers is repeated, but not in Open",
                        "Raw.text is bytes, but string in Open");
    }

    /** Returns a line for each field in which a raw message differs from the public ones. */
    private static List<String> faults(
            Descriptor raw, List<Descriptor> sources, Map<Descriptor, List<Descriptor>> readFrom) {
        List<String> faults = new ArrayList<>();
        for (FieldDescriptor field : raw.getFields()) {
            if (sources.stream().noneMatch(source -> source.findFieldByNumber(field.getNumber()) != null)) {
                faults.add(name(field) + " = " + field.getNumber() + " is in no public message");
            }
        }
        for (Descriptor source : sources) {
            for (FieldDescriptor field : source.getFields()) {
                FieldDescriptor same = raw.findFieldByNumber(field.getNumber());
                if (same == null) {
                    faults.add(name(field) + " = " + field.getNumber() + " is missing from " + raw.getName());
                } else {
                    compare(same, field, readFrom, faults);
                }
            }
        }
        return faults;
    }

    private static void compare(
            FieldDescriptor raw,
            FieldDescriptor open,
            Map<Descriptor, List<Descriptor>> readFrom,
            List<String> faults) {
        String where = open.getContainingType().getName();
        if (!raw.getName().equals(open.getName())) {
            faults.add(name(raw) + " is called " + open.getName() + " in " + where);
        }
        if (!isReadAs(raw, open, readFrom)) {
            faults.add(name(raw) + " is " + type(raw) + ", but " + type(open) + " in " + where);
        } else if (isAsBytes(raw, open) && !raw.isRepeated()) {
            faults.add(name(raw) + " is not repeated: given twice, one would be lost");
        } else if (raw.isRepeated() != open.isRepeated() && !isOneOfSeveral(raw, open)) {
            faults.add(name(raw)
                    + (raw.isRepeated() ? " is repeated, but not in " : " is not repeated, but is in ")
                    + where);
        }
    }

    /** Returns whether the bytes of the public field are those of the raw one. */
    private static boolean isReadAs(
            FieldDescriptor raw, FieldDescriptor open, Map<Descriptor, List<Descriptor>> readFrom) {
        if (isAsBytes(raw, open)) {
            return true;
        }
        if (raw.getType() != open.getType()) {
            return false;
        }
        return switch (open.getJavaType()) {
            case MESSAGE ->
                raw.getMessageType().equals(open.getMessageType())
                        || readFrom.getOrDefault(raw.getMessageType(), List.of())
                                .contains(open.getMessageType());
            case ENUM -> raw.getEnumType().equals(open.getEnumType());
            default -> raw.isPacked() == open.isPacked() || raw.isRepeated() != open.isRepeated();
        };
    }

    private static boolean isAsBytes(FieldDescriptor raw, FieldDescriptor open) {
        return raw.getType() == FieldDescriptor.Type.BYTES && open.getType() == FieldDescriptor.Type.MESSAGE;
    }

    /** Returns whether the raw field is repeated only so that the public one, if given twice, is noticed. */
    private static boolean isOneOfSeveral(FieldDescriptor raw, FieldDescriptor open) {
        return raw.isRepeated() && (isAsBytes(raw, open) || open.getContainingOneof() != null);
    }

    private static String name(FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default ->
                field.toProto().getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
        };
    }

    private static FieldDescriptorProto field(
            String name, int number, FieldDescriptorProto.Type type, boolean repeated) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(repeated ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
        return (type == FieldDescriptorProto.Type.TYPE_MESSAGE ? field.setTypeName("Body") : field).build();
    }

    private static Descriptor message(String name, FieldDescriptorProto... fields)
            throws DescriptorValidationException {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName(name)
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder().setName(name).addAllField(List.of(fields)))
                .addMessageType(DescriptorProto.newBuilder().setName("Body"))
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName(name);
    }
}
