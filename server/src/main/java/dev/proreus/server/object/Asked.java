package dev.proreus.server.object;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.commit.ObjectWrite.Verb;
import java.util.List;

/**
 * What a request asks of one object, taken out of the message that it came in.
 *
 * @param verb what to do
 * @param type any name of the resource type; empty where the object says it
 * @param name name of the object; empty where the object says it
 * @param objects the encoded objects given, of which there must be one
 * @param manager who writes, checked
 * @param force whether an object is taken over from another manager
 */
record Asked(Verb verb, String type, String name, List<ByteString> objects, String manager, boolean force) {
    Asked {
        objects = List.copyOf(objects);
    }
}
