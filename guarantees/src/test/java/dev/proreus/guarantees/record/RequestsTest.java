package dev.proreus.guarantees.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageLite;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.Operation.Verb;
import dev.proreus.v1.AgentServiceGrpc;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.v1.WriteRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That every method of the contract that writes is recorded: one that is not could break a guarantee unseen. */
class RequestsTest {
    private static final String NOT_BUILT = "Not built yet.";

    private static final String OF_WORKSPACES =
            "a recording knows workspaces by their paths alone and judges the objects in them; what becomes of the"
                    + " workspaces themselves is judged by DeletionContract, QuotasContract and TenancyTest";

    /** Methods that write and are not recorded, and why; those that are not built yet go without saying. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "proreus.v1.WorkspaceService/CreateWorkspace",
            OF_WORKSPACES,
            "proreus.v1.WorkspaceService/UpdateWorkspace",
            OF_WORKSPACES,
            "proreus.v1.WorkspaceService/DeleteWorkspace",
            OF_WORKSPACES,
            "proreus.v1.WorkspaceService/UndeleteWorkspace",
            OF_WORKSPACES,
            "proreus.v1.AgentService/Connect",
            "what a session is due depends on the claims of all agents, which no validator knows; what it writes"
                    + " shows in watches and in the final history");

    private static final List<ServiceDescriptor> SERVICES = List.of(
            ObjectServiceGrpc.getServiceDescriptor(),
            WorkspaceServiceGrpc.getServiceDescriptor(),
            TypeServiceGrpc.getServiceDescriptor(),
            AgentServiceGrpc.getServiceDescriptor());

    @Test
    void everyMethodThatWritesIsRecordedOrLeftOutWithAReason() throws IOException {
        Requests requests = new Requests();
        Map<String, MessageLite> known = requestsByMethod();
        List<String> unknown = new ArrayList<>();
        List<String> builtAndWriting = new ArrayList<>();
        for (FileDescriptorProto file : contract().getFileList()) {
            for (int service = 0; service < file.getServiceCount(); service++) {
                for (String method : writing(file, service)) {
                    builtAndWriting.add(method);
                    assertThat(known).as("the services that this test knows").containsKey(method);
                    if (requests.operation(0, 0, requireNonNull(known.get(method))) == null) {
                        unknown.add(method);
                    }
                }
            }
        }

        assertThat(builtAndWriting).contains("proreus.v1.ObjectService/Create", "proreus.v1.ObjectService/Write");
        assertThat(unknown)
                .as("methods that write and are not recorded")
                .containsExactlyInAnyOrderElementsOf(LEFT_OUT.keySet());
    }

    @Test
    void everyChangeOfABatchIsRecordedByItsVerb() {
        Requests requests = new Requests();
        List<FieldDescriptor> changes =
                Mutation.getDescriptor().getOneofs().get(0).getFields();
        assertThat(changes).isNotEmpty();
        for (FieldDescriptor change : changes) {
            Mutation mutation = Mutation.newBuilder()
                    .setField(
                            change,
                            change.getJavaType() == FieldDescriptor.JavaType.STRING
                                    ? "name"
                                    : Object.getDefaultInstance())
                    .build();
            Operation batch = requireNonNull(requests.operation(
                    0, 0, WriteRequest.newBuilder().addWrites(mutation).build()));
            assertThat(batch.parts())
                    .extracting(Operation.Part::verb)
                    .containsExactly(Verb.valueOf(change.getName().toUpperCase(Locale.ROOT)));
        }
    }

    /** Returns the methods of a service that write, by their full names, without those that are not built yet. */
    private static List<String> writing(FileDescriptorProto file, int service) {
        ServiceDescriptorProto declared = file.getService(service);
        List<String> methods = new ArrayList<>();
        for (int i = 0; i < declared.getMethodCount(); i++) {
            MethodDescriptorProto method = declared.getMethod(i);
            boolean reads = method.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS;
            if (!reads && !comment(file, service, i).contains(NOT_BUILT)) {
                methods.add(file.getPackage() + "." + declared.getName() + "/" + method.getName());
            }
        }
        return methods;
    }

    private static String comment(FileDescriptorProto file, int service, int method) {
        List<Integer> path = List.of(
                FileDescriptorProto.SERVICE_FIELD_NUMBER, service, ServiceDescriptorProto.METHOD_FIELD_NUMBER, method);
        return file.getSourceCodeInfo().getLocationList().stream()
                .filter(location -> location.getPathList().equals(path))
                .map(Location::getLeadingComments)
                .findFirst()
                .orElse("");
    }

    private static Map<String, MessageLite> requestsByMethod() {
        Map<String, MessageLite> requests = new TreeMap<>();
        for (ServiceDescriptor service : SERVICES) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                PrototypeMarshaller<?> marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
                requests.put(
                        method.getFullMethodName(), (MessageLite) requireNonNull(marshaller.getMessagePrototype()));
            }
        }
        return requests;
    }

    private static FileDescriptorSet contract() throws IOException {
        try (InputStream in = requireNonNull(
                RequestsTest.class.getResourceAsStream("/proreus/v1/descriptors.binpb"),
                "the contract's descriptors")) {
            return FileDescriptorSet.parseFrom(in);
        }
    }
}
