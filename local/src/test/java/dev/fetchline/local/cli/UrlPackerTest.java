package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlPackerTest {
    @Test
    void messages_hold_so_many_urls() {
        List<OutgoingMessage> messages = new UrlPacker("b", 2).messagesOf("f", "http://1\nhttp://2\nhttp://3");
        assertThat(messages)
                .extracting(OutgoingMessage::urls)
                .containsExactly(List.of("http://1", "http://2"), List.of("http://3"));
    }

    @Test
    void size_ends_a_message_too() {
        String url = "http://a/" + "x".repeat(300_000);
        List<OutgoingMessage> messages =
                new UrlPacker("b", 10_000).messagesOf("f", String.join("\n", Collections.nCopies(4, url)));
        assertThat(messages).extracting(message -> message.urls().size()).containsExactly(3, 1);
        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(message.body().length()).isLessThanOrEqualTo(InputReader.BODY_BYTES_MAX));
    }

    @Test
    void line_too_long_for_any_message_is_named() {
        assertThatThrownBy(() -> new UrlPacker("b", 10).messagesOf("f", "http://a/\n" + "x".repeat(2_000_000)))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith("line 2 of f is too long");
    }

    @Test
    void every_line_arrives_as_it_is() {
        String line = "http://é/\"\\\ud83d\ude00\uffff";
        OutgoingMessage message = new UrlPacker("b", 10).messagesOf("f", line).getFirst();
        // ASCII: nothing that the queue refuses.
        assertThat(message.body()).matches("[ -~]+");
        assertThat(BatchReader.read(message.body(), "m")).isInstanceOfSatisfying(FetchBatch.class, batch -> {
            assertThat(batch.batchId()).isEqualTo("b");
            assertThat(batch.items()).containsExactly(FetchItem.get(line));
        });
    }

    @Test
    void a_line_with_controls_is_the_functions_to_judge() {
        OutgoingMessage message =
                new UrlPacker("b", 10).messagesOf("f", "http://a/\u0001b").getFirst();
        assertThat(message.body()).matches("[ -~]+");
        assertThat(BatchReader.read(message.body(), "m"))
                .isInstanceOfSatisfying(
                        FetchBatch.class,
                        batch -> assertThat(batch.items()).singleElement().isInstanceOf(InvalidItem.class));
    }
}
