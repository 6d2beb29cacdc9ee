package dev.proreus.house;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of the wire contract, over a descriptor set with source info: everything has a comment, and names are built
 * in one way. Paths into a file are those of {@code SourceCodeInfo}: field numbers and indexes by turns.
 */
final class ProtoLint {

    private static final Pattern LOWER_SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern UPPER_SNAKE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern UPPER_CAMEL = Pattern.compile("([A-Z][a-z0-9]*)+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final String packageName;
    private final List<String> faults = new ArrayList<>();

    /** Messages that a method has taken or given so far. */
    private final Set<String> used = new HashSet<>();

    private Map<List<Integer>, String> comments = Map.of();

    private ProtoLint(String packageName) {
        this.packageName = packageName;
    }

    /** A line for each fault in the files of one package; other files are not ours. */
    static List<String> check(FileDescriptorSet files, String packageName) {
        ProtoLint lint = new ProtoLint(packageName);
        files.getFileList().stream()
                .filter(file -> file.getPackage().equals(packageName))
                .forEach(lint::file);
        return lint.faults;
    }

    private void file(FileDescriptorProto file) {
        comments = new HashMap<>();
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            if (location.hasLeadingComments()) {
                comments.put(location.getPathList(), location.getLeadingComments());
            }
        }
        if (!file.getName().startsWith(packageName.replace('.', '/') + "/")) {
            fault(file.getName(), "does not lie in the folder of its package");
        }
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            List<Integer> path = List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i);
            message(packageName, file.getMessageType(i), path);
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            enumeration(packageName, file.getEnumType(i), List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
        }
        for (int i = 0; i < file.getServiceCount(); i++) {
            service(file.getService(i), List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, i));
        }
    }

    private void message(String around, DescriptorProto message, List<Integer> path) {
        if (message.getOptions().getMapEntry()) {
            return;
        }
        String name = around + "." + message.getName();
        commented(name, path);
        named(name, message.getName(), UPPER_CAMEL, "UpperCamel");
        for (int i = 0; i < message.getFieldCount(); i++) {
            FieldDescriptorProto field = message.getField(i);
            commented(name + "." + field.getName(), below(path, DescriptorProto.FIELD_FIELD_NUMBER, i));
            named(name + "." + field.getName(), field.getName(), LOWER_SNAKE, "lower_snake");
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            message(name, message.getNestedType(i), below(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i));
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            enumeration(name, message.getEnumType(i), below(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
        }
    }

    private void enumeration(String around, EnumDescriptorProto type, List<Integer> path) {
        String name = around + "." + type.getName();
        commented(name, path);
        named(name, type.getName(), UPPER_CAMEL, "UpperCamel");
        String prefix = HUMP.matcher(type.getName()).replaceAll("_").toUpperCase(Locale.ROOT) + "_";
        for (int i = 0; i < type.getValueCount(); i++) {
            EnumValueDescriptorProto value = type.getValue(i);
            String valueName = name + "." + value.getName();
            commented(valueName, below(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i));
            named(valueName, value.getName(), UPPER_SNAKE, "UPPER_SNAKE");
            if (!value.getName().startsWith(prefix)) {
                fault(valueName, "does not begin with " + prefix);
            }
            if (value.getNumber() == 0 && !value.getName().endsWith("_UNSPECIFIED")) {
                fault(valueName, "is zero and does not end in _UNSPECIFIED");
            }
        }
    }

    private void service(ServiceDescriptorProto service, List<Integer> path) {
        String name = packageName + "." + service.getName();
        commented(name, path);
        if (!service.getName().endsWith("Service")) {
            fault(name, "does not end in Service");
        }
        for (int i = 0; i < service.getMethodCount(); i++) {
            MethodDescriptorProto method = service.getMethod(i);
            String methodName = name + "." + method.getName();
            commented(methodName, below(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i));
            named(methodName, method.getName(), UPPER_CAMEL, "UpperCamel");
            carries(methodName, method.getInputType(), method.getName() + "Request");
            carries(methodName, method.getOutputType(), method.getName() + "Response");
        }
    }

    /** A method takes and gives messages of its own, named after it. */
    private void carries(String methodName, String actual, String expected) {
        if (!actual.equals("." + packageName + "." + expected)) {
            fault(methodName, "carries " + actual.substring(1) + " and not " + expected);
        } else if (!used.add(actual)) {
            fault(methodName, "shares " + expected + " with another method");
        }
    }

    private void commented(String name, List<Integer> path) {
        if (comments.getOrDefault(path, "").isBlank()) {
            fault(name, "has no comment above it");
        }
    }

    private void named(String where, String name, Pattern pattern, String style) {
        if (!pattern.matcher(name).matches()) {
            fault(where, "is not " + style);
        }
    }

    private void fault(String where, String what) {
        faults.add(where + ": " + what);
    }

    private static List<Integer> below(List<Integer> path, int field, int index) {
        List<Integer> longer = new ArrayList<>(path);
        longer.add(field);
        longer.add(index);
        return longer;
    }
}
