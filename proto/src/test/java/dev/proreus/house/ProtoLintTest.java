package dev.proreus.house;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoLintTest {

    @Test
    void theContractKeepsTheRules() throws IOException {
        FileDescriptorSet contract = contract();

        assertThat(contract.getFileList())
                .as("the contract and all that it imports")
                .extracting(FileDescriptorProto::getName)
                .contains("proreus/v1/object.proto", "google/protobuf/struct.proto", "google/rpc/status.proto");
        assertThat(ProtoLint.check(contract, "proreus.v1")).isEmpty();
    }

    @Test
    void everythingWithoutACommentIsFound() throws IOException {
        FileDescriptorSet.Builder bare = contract().toBuilder();
        bare.getFileBuilderList().forEach(FileDescriptorProto.Builder::clearSourceCodeInfo);

        List<String> faults = ProtoLint.check(bare.build(), "proreus.v1");

        assertThat(faults)
                .contains("proreus.v1.Object: has no comment above it")
                .contains("proreus.v1.Object.api_version: has no comment above it")
                .allMatch(fault -> fault.endsWith(": has no comment above it"));
    }

    @Test
    void badNamesAreFound() {
        FileDescriptorProto bad = FileDescriptorProto.newBuilder()
                .setName("elsewhere/bad.proto")
                .setPackage("bad.v1")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("bad_message")
                        .addField(FieldDescriptorProto.newBuilder().setName("badField"))
                        .addNestedType(DescriptorProto.newBuilder()
                                .setName("badFieldEntry")
                                .setOptions(MessageOptions.newBuilder().setMapEntry(true))))
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("GoodState")
                        .addValue(value("GOOD_STATE_NONE", 0))
                        .addValue(value("OTHER_STATE", 1))
                        .addValue(value("GOOD_STATE_fine", 2)))
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("Bad")
                        .addMethod(method("Get", "GetRequest", "Object"))
                        .addMethod(method("get", "GetRequest", "getResponse")))
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("OtherService")
                        .addMethod(method("Get", "GetRequest", "GetResponse")))
                .build();

        List<String> faults = ProtoLint.check(allCommented(bad), "bad.v1");

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "elsewhere/bad.proto: does not lie in the folder of its package",
                        "bad.v1.bad_message: is not UpperCamel",
                        "bad.v1.bad_message.badField: is not lower_snake",
                        "bad.v1.GoodState.GOOD_STATE_NONE: is zero and does not end in _UNSPECIFIED",
                        "bad.v1.GoodState.OTHER_STATE: does not begin with GOOD_STATE_",
                        "bad.v1.GoodState.GOOD_STATE_fine: is not UPPER_SNAKE",
                        "bad.v1.Bad: does not end in Service",
                        "bad.v1.Bad.Get: carries bad.v1.Object and not GetResponse",
                        "bad.v1.Bad.get: is not UpperCamel",
                        "bad.v1.Bad.get: carries bad.v1.GetRequest and not getRequest",
                        "bad.v1.OtherService.Get: shares GetRequest with another method");
    }

    private static EnumValueDescriptorProto value(String name, int number) {
        return EnumValueDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .build();
    }

    private static MethodDescriptorProto method(String name, String input, String output) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".bad.v1." + input)
                .setOutputType(".bad.v1." + output)
                .build();
    }

    /** The file with a comment on everything in it, so that only its names are at fault. */
    private static FileDescriptorSet allCommented(FileDescriptorProto file) {
        SourceCodeInfo.Builder comments = SourceCodeInfo.newBuilder();
        for (List<Integer> path : List.of(
                List.of(4, 0),
                List.of(4, 0, 2, 0),
                List.of(5, 0),
                List.of(5, 0, 2, 0),
                List.of(5, 0, 2, 1),
                List.of(5, 0, 2, 2),
                List.of(6, 0),
                List.of(6, 0, 2, 0),
                List.of(6, 0, 2, 1),
                List.of(6, 1),
                List.of(6, 1, 2, 0))) {
            comments.addLocation(Location.newBuilder().addAllPath(path).setLeadingComments("Something."));
        }
        return FileDescriptorSet.newBuilder()
                .addFile(file.toBuilder().setSourceCodeInfo(comments))
                .build();
    }

    private static FileDescriptorSet contract() throws IOException {
        try (InputStream in = requireNonNull(
                ProtoLintTest.class.getResourceAsStream("/proreus/v1/descriptors.binpb"),
                "the contract's descriptors")) {
            return FileDescriptorSet.parseFrom(in);
        }
    }
}
