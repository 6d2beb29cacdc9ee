package dev.proreus.server.rpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contract with its comments, as reflection serves it: built at start from the descriptor set that travels with the
 * generated classes, since those have lost the comments.
 */
public final class Schema {
    private static final String RESOURCE = "/proreus/v1/descriptors.binpb";

    private final Map<String, ServiceDescriptor> services = new HashMap<>();

    private Schema(FileDescriptorSet set) throws DescriptorValidationException {
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        for (FileDescriptorProto file : set.getFileList()) {
            FileDescriptor[] imports = file.getDependencyList().stream()
                    .map(name -> imported(files, file, name))
                    .toArray(FileDescriptor[]::new);
            FileDescriptor built = FileDescriptor.buildFrom(file, imports);
            files.put(file.getName(), built);
            built.getServices().forEach(service -> services.put(service.getFullName(), service));
        }
    }

    /** Loads the contract. */
    public static Schema load() {
        try (InputStream in = Schema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + " is not on the class path");
            }
            return new Schema(FileDescriptorSet.parseFrom(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(RESOURCE + " is damaged", e);
        }
    }

    /** Returns a service of the contract by its full name. */
    ServiceDescriptor service(String fullName) {
        ServiceDescriptor found = services.get(fullName);
        if (found == null) {
            throw new IllegalArgumentException("the contract has no service " + fullName);
        }
        return found;
    }

    /** Returns the descriptor of a method whose messages stay bytes. */
    static io.grpc.MethodDescriptor<byte[], Encoded> method(MethodDescriptor method) {
        IdempotencyLevel level = method.getOptions().getIdempotencyLevel();
        return io.grpc.MethodDescriptor.newBuilder(Marshallers.BYTES, Marshallers.ENCODED)
                .setType(type(method))
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setSafe(level == IdempotencyLevel.NO_SIDE_EFFECTS)
                .setIdempotent(level != IdempotencyLevel.IDEMPOTENCY_UNKNOWN)
                .setSampledToLocalTracing(true)
                .setSchemaDescriptor(new MethodSource(method))
                .build();
    }

    /** Returns what reflection reads of a service. */
    static Object source(ServiceDescriptor service) {
        return new ServiceSource(service);
    }

    private static FileDescriptor imported(
            Map<String, FileDescriptor> files, FileDescriptorProto file, String importedName) {
        FileDescriptor found = files.get(importedName);
        if (found == null) {
            throw new IllegalStateException(file.getName() + " imports " + importedName + ", which stands behind it");
        }
        return found;
    }

    private static MethodType type(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
        }
        return method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
    }

    private record ServiceSource(ServiceDescriptor service)
            implements ProtoFileDescriptorSupplier, ProtoServiceDescriptorSupplier {
        @Override
        public FileDescriptor getFileDescriptor() {
            return service.getFile();
        }

        @Override
        public ServiceDescriptor getServiceDescriptor() {
            return service;
        }
    }

    private record MethodSource(MethodDescriptor method) implements ProtoMethodDescriptorSupplier {
        @Override
        public FileDescriptor getFileDescriptor() {
            return method.getFile();
        }

        @Override
        public ServiceDescriptor getServiceDescriptor() {
            return method.getService();
        }

        @Override
        public MethodDescriptor getMethodDescriptor() {
            return method;
        }
    }
}
