package dev.proreus.server.edge;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Calls methods with bytes that no generated class would write. */
final class RawCaller {
    private final Channel channel;

    RawCaller(Channel channel) {
        this.channel = channel;
    }

    /** Calls a unary method, such as {@code ObjectService/Get}, and returns its encoded answer. */
    ByteString call(String method, ByteString request) {
        MethodDescriptor<ByteString, ByteString> descriptor = MethodDescriptor.newBuilder(Bytes.IT, Bytes.IT)
                .setType(MethodType.UNARY)
                .setFullMethodName("proreus.v1." + method)
                .build();
        return ClientCalls.blockingUnaryCall(channel, descriptor, CallOptions.DEFAULT, request);
    }

    private enum Bytes implements Marshaller<ByteString> {
        IT;

        @Override
        public InputStream stream(ByteString value) {
            return value.newInput();
        }

        @Override
        public ByteString parse(InputStream stream) {
            try {
                return ByteString.readFrom(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
