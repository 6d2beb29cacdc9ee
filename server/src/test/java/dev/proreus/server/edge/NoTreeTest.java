package dev.proreus.server.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.proreus.server.ControlPlaneServer;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WatchEvent;
import org.junit.jupiter.api.Test;

/** A Struct in memory costs twenty times its bytes, so the server knows no class that would build one. */
class NoTreeTest {
    @Test
    void noClassOfTheServerKnowsOneThatHoldsAStruct() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.proreus.server.rehearsal") // a client
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Struct.class,
                        Value.class,
                        ListValue.class,
                        Object.class,
                        CreateRequest.class,
                        UpdateRequest.class,
                        UpdateStatusRequest.class,
                        ApplyRequest.class,
                        WatchEvent.class)
                .check(new ClassFileImporter()
                        .importUrl(ControlPlaneServer.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
    }
}
