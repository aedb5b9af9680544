package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The response in the one shape that Lambda reads; anything else would fail the whole batch.
final class SqsResponseTest {
    private static String response(List<String> ids) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        SqsResponse.write(ids, response);
        return response.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_batch_that_is_done_has_an_empty_list() throws IOException {
        assertThat(response(List.of())).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void each_message_that_must_come_again_is_an_entry_of_its_own() throws IOException {
        assertThat(response(List.of("a", "b")))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"b\"}]}");
    }

    /// An id made by hand may be any printable ASCII.
    @Test
    void quotes_and_backslashes_are_escaped() throws IOException {
        assertThat(response(List.of("\"\\"))).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"\\\"\\\\\"}]}");
    }
}
