package dev.proreus.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.v1.ApplyRequest;
import org.junit.jupiter.api.Test;

class ApplyBytesTest {
    @Test
    void eachRequestNamesItsObjectAndDiffersFromTheOneBefore() throws InvalidProtocolBufferException {
        ApplyBytes bytes = new ApplyBytes("root:bench", Scene.TYPE, 256);

        ApplyRequest first = ApplyRequest.parseFrom(bytes.request(42, 7));
        ApplyRequest second = ApplyRequest.parseFrom(bytes.request(42, 8));

        assertThat(first.getWorkspace()).isEqualTo("root:bench");
        assertThat(first.getObject().getMetadata().getName()).isEqualTo("object-000000042");
        assertThat(second.getObject().getMetadata()).isEqualTo(first.getObject().getMetadata());
        assertThat(second.getObject().getSpec()).isNotEqualTo(first.getObject().getSpec());
        assertThat(first.getObject().getSpec().getSerializedSize()).isBetween(252, 260);
    }
}
