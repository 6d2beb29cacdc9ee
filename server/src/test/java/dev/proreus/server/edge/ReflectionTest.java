package dev.proreus.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tools learn from the server about itself. */
class ReflectionTest {
    private static final List<String> SERVICES = List.of(
            "proreus.v1.AgentService",
            "proreus.v1.ObjectService",
            "proreus.v1.TypeService",
            "proreus.v1.WorkspaceService");

    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @Test
    void itNamesEachService() throws InterruptedException {
        ServerReflectionResponse answer =
                ask(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(answer.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsAll(SERVICES)
                .contains("grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");
    }

    @Test
    void itServesTheCommentsOfTheContract() throws Exception {
        FileDescriptorProto objects = file("proreus.v1.ObjectService");

        List<String> comments = objects.getSourceCodeInfo().getLocationList().stream()
                .map(SourceCodeInfo.Location::getLeadingComments)
                .toList();
        assertThat(comments)
                .anyMatch(comment -> comment.startsWith(" Reads, watches and writes the objects of one workspace."))
                .anyMatch(comment -> comment.startsWith(" Streams the changes of a type or of one object"))
                .anyMatch(comment -> comment.startsWith(" Path of the workspace, such as root:acme."));
        assertThat(objects.getService(0).getMethod(0).getOptions().getIdempotencyLevel())
                .isEqualTo(IdempotencyLevel.NO_SIDE_EFFECTS);
        for (String service : SERVICES) {
            assertThat(file(service).getSourceCodeInfo().getLocationCount()).isPositive();
        }
        assertThat(file("proreus.v1.Object").getName()).isEqualTo("proreus/v1/object.proto");
    }

    @Test
    void itDescribesWhatErrorsCarry() throws Exception {
        for (String detail : List.of("google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.RetryInfo")) {
            assertThat(file(detail).getName()).isEqualTo("google/rpc/error_details.proto");
        }
    }

    @Test
    void healthSpeaksOfTheServerAndOfEachService() {
        List<String> asked = new ArrayList<>(SERVICES);
        asked.add("");
        for (String service : asked) {
            assertThat(HealthGrpc.newBlockingStub(LIVE.channel())
                            .check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    private static FileDescriptorProto file(String symbol) throws Exception {
        ServerReflectionResponse answer = ask(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        ByteString first = answer.getFileDescriptorResponse().getFileDescriptorProto(0);
        return FileDescriptorProto.parseFrom(first);
    }

    private static ServerReflectionResponse ask(ServerReflectionRequest request) throws InterruptedException {
        BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(LIVE.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse answer) {
                        answers.add(answer);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answers.add(ServerReflectionResponse.getDefaultInstance());
                    }

                    @Override
                    public void onCompleted() {}
                });
        questions.onNext(request);
        ServerReflectionResponse answer = answers.poll(30, TimeUnit.SECONDS);
        questions.onCompleted();
        if (answer == null) {
            throw new AssertionError("no answer");
        }
        return answer;
    }
}
