package dev.proreus.cli.option;

import com.google.protobuf.Message;
import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import io.grpc.MethodDescriptor;

/** The grpcurl command that makes the same call. */
public final class GrpcurlLine {

    private GrpcurlLine() {}

    /** Returns the command, quoted for a shell. */
    public static String of(Endpoint server, MethodDescriptor<?, ?> method, Message request) {
        String json = JsonText.compact(MessageTree.of(request)).replace("'", "'\\''");
        return "grpcurl -plaintext -d '" + json + "' " + server + " " + method.getFullMethodName();
    }
}
