package dev.fetchline.local.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which stack is meant, and what is said where it cannot be found.
class TargetsTest {
    private static final Map<String, String> FIELDS = Map.of(
            "queueUrl", "http://127.0.0.1:1/000000000000/q",
            "deadLetterQueueUrl", "http://127.0.0.1:1/000000000000/dead",
            "table", "records",
            "sqsEndpoint", "http://127.0.0.1:1",
            "dynamoDbEndpoint", "http://127.0.0.1:2");

    @TempDir
    Path directory;

    @Test
    void the_stack_of_a_living_up_is_found() {
        UpFile file = new UpFile(directory.resolve("target/up.json"));
        file.write(FIELDS);
        try (Target target = targets(file).open(TargetChoice.UP)) {
            assertThat(target.place()).isEqualTo(Target.Place.UP);
            assertThat(target.isBilled()).isFalse();
            assertThat(target.table()).isEqualTo("records");
            assertThat(target.batchesTable()).isEmpty();
        }
        file.remove();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void a_file_whose_process_is_gone_counts_for_nothing() throws IOException {
        UpFile file = new UpFile(directory.resolve("up.json"));
        file.write(FIELDS);
        String another = Files.readString(file.path())
                .replaceFirst("\"started\":\"[^\"]*\"", "\"started\":\"2001-01-01T00:00:00Z\"");
        Files.writeString(file.path(), another);
        assertThat(file.ofLiving()).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> targets(file).open(TargetChoice.UP))
                .isInstanceOf(TargetException.class)
                .hasMessage("no stack runs from this checkout: start one with fetchline up in another terminal, or name"
                        + " one with --endpoint URL or --stack NAME.");
    }

    @Test
    void an_emulator_that_is_not_there_is_said_in_words_of_the_network() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + closed);
        assertThatThrownBy(() -> targets(new UpFile(directory.resolve("none")))
                        .open(new TargetChoice(endpoint, null, null, null)))
                .isInstanceOf(TargetException.class)
                .hasMessage("no emulator of SQS answers at " + endpoint
                        + " (socket connection refused): start one first, or look at the address.");
    }

    @Test
    void one_stack_is_named() {
        assertThatThrownBy(() -> new TargetChoice(URI.create("http://a"), "s", null, null))
                .hasMessage("--endpoint and --stack name two stacks; give one of them.");
        assertThatThrownBy(() -> new TargetChoice(null, null, null, "p"))
                .hasMessage("--region and --profile are for a deployed stack; name it with --stack.");
    }

    private static Targets targets(UpFile file) {
        return new Targets(Path.of("..", "template.yaml"), file);
    }
}
