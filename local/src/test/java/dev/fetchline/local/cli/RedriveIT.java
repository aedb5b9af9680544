package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `redrive` and `status` on a stack that runs.
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class RedriveIT {
    @TempDir
    static Path directory;

    private HttpServer web;
    private UpStack up;

    @BeforeAll
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            int status = exchange.getRequestURI().getPath().startsWith("/missing") ? 404 : 200;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        web.start();
        up = UpStack.start(directory, web.getAddress().getPort());
    }

    @AfterAll
    void stop() {
        up.close();
        web.stop(0);
    }

    private String page(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private CliProcess.Result fetchline(String... arguments) throws IOException, InterruptedException {
        try (CliProcess process = CliProcess.start(directory, "", arguments)) {
            return process.await();
        }
    }

    @Test
    void a_message_that_cannot_be_read_is_shown_with_its_reason_and_stays() throws Exception {
        up.send("{\"urls\": [}");
        UpStack.until(() -> up.deadLetters().getFirst() == 1);
        CliProcess.Result dry = fetchline("redrive", "--from", "dead-letter", "--dry-run");
        assertThat(dry.err()).isEmpty();
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .startsWith(
                        "1 message on the dead-letter queue of the stack that up runs here:\n         1  body: found")
                .contains("To be sent again: 0 URLs of 0 messages.")
                .contains("cannot be read as it is");
        assertThat(up.deadLetters()).isEqualTo(List.of(1L, 0L));
        CliProcess.Result real = fetchline("redrive", "--from", "dead-letter", "--yes");
        assertThat(real.exitCode()).isEqualTo(ExitCode.NOT_ALL_OK);
        assertThat(up.deadLetters()).isEqualTo(List.of(1L, 0L));
        CliProcess.Result status = fetchline("status");
        assertThat(status.exitCode()).isEqualTo(ExitCode.NOT_ALL_OK);
        assertThat(status.out())
                .contains("dead letters        1: fetchline redrive")
                .containsPattern("environments +[1-9]")
                .contains("quarantined: body: found");
        up.sqs()
                .purgeQueue(request -> request.queueUrl(up.fields().get("deadLetterQueueUrl")))
                .join();
    }

    @Test
    void status_knows_how_old_the_oldest_message_is() throws Exception {
        up.sqs()
                .sendMessage(request -> request.queueUrl(up.fields().get("queueUrl"))
                        .delaySeconds(900)
                        .messageBody("later"))
                .join();
        UpStack.until(() -> oldestSeconds() >= 2);
        assertThat(fetchline("status").out()).containsPattern("oldest message +[0-9]+ s\n");
        up.sqs()
                .purgeQueue(request -> request.queueUrl(up.fields().get("queueUrl")))
                .join();
        assertThat(fetchline("status").out()).contains("oldest message      no message\n");
    }

    private long oldestSeconds() {
        try {
            Matcher age = Pattern.compile("\"oldestSeconds\":([0-9]+)")
                    .matcher(fetchline("status", "--json").out());
            assertThat(age.find()).isTrue();
            return Long.parseLong(age.group(1));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void of_dead_letters_what_is_meant_becomes_records_and_the_rest_is_put_back() throws Exception {
        up.kill(
                "{\"batchId\":\"dead\",\"urls\":[\"%s\",{\"url\":\"%s\",\"tag\":\"t\"},7]}"
                        .formatted(page("/one"), page("/two")),
                Map.of());
        CliProcess.Result first =
                fetchline("redrive", "--from", "dead-letter", "--where", "url^=" + page("/one"), "--yes");
        assertThat(first.err()).isEmpty();
        assertThat(first.out())
                .contains("To be sent again: 1 URL of 1 message.")
                .contains("Sent again: 1 URL in 1 message.")
                .contains("1 message is gone from the dead-letter queue; of 1 the rest was put back there.");
        assertThat(first.exitCode()).isZero();
        UpStack.until(() -> up.records("dead") == 1);
        assertThat(up.deadLetters()).isEqualTo(List.of(1L, 0L));
        CliProcess.Result second = fetchline("redrive", "--from", "dead-letter", "--yes");
        assertThat(second.out()).contains("Sent again: 2 URLs in 2 messages.");
        UpStack.until(() -> up.records("dead") == 3);
        assertThat(up.deadLetters()).isEqualTo(List.of(0L, 0L));
        Map<String, AttributeValue> fetched = up.record("dead", page("/two"));
        assertThat(fetched)
                .containsEntry("status", AttributeValue.fromS("OK"))
                .containsEntry("tag", AttributeValue.fromS("t"));
        assertThat(Objects.requireNonNull(fetched.get("earlier")).m())
                .containsEntry("status", AttributeValue.fromS("RETRYING"))
                .containsEntry("times", AttributeValue.fromN("1"));
    }

    @Test
    void records_of_a_batch_are_made_anew_and_keep_what_came_before() throws Exception {
        up.send("{\"batchId\":\"again\",\"urls\":[\"%s\",\"%s\"]}".formatted(page("/missing"), page("/fine")));
        UpStack.until(() -> up.records("again") == 2);
        up.put(Map.of(
                "batchId", AttributeValue.fromS("again"),
                "url", AttributeValue.fromS(page("/failed")),
                "status", AttributeValue.fromS("FAILED"),
                "attempts", AttributeValue.fromN("4"),
                "requestedAt", AttributeValue.fromN("1"),
                "error",
                        AttributeValue.fromM(Map.of(
                                "kind", AttributeValue.fromS("TIMEOUT"), "detail", AttributeValue.fromS("slow")))));
        CliProcess.Result some = fetchline("redrive", "--from", "again", "--where", "status=FAILED", "--yes");
        assertThat(some.err()).isEmpty();
        assertThat(some.out())
                .contains("1 record of batch again is meant:\n         1  FAILED TIMEOUT")
                .contains("Sent again: 1 URL in 1 message.");
        UpStack.until(() -> up.record("again", page("/failed")).containsKey("earlier"));
        Map<String, AttributeValue> fetched = up.record("again", page("/failed"));
        assertThat(fetched).containsEntry("status", AttributeValue.fromS("OK"));
        assertThat(Objects.requireNonNull(fetched.get("earlier")).m())
                .containsEntry("status", AttributeValue.fromS("FAILED"))
                .containsEntry("attempts", AttributeValue.fromN("4"))
                .containsEntry("times", AttributeValue.fromN("1"));
        CliProcess.Result all = fetchline("redrive", "--from", "again", "--dry-run");
        assertThat(all.out())
                .contains("1 record of batch again is meant:\n         1  HTTP_ERROR 404")
                .contains("HTTP_ERROR 404            " + page("/missing"));
    }

    @Test
    void a_batch_that_is_not_there_is_an_error() throws Exception {
        CliProcess.Result result = fetchline("redrive", "--from", "nowhere", "--dry-run");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE_OR_UNFINISHED);
        assertThat(result.err()).startsWith("fetchline: no batch \"nowhere\" in the stack that up runs here");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void without_a_terminal_nothing_is_sent_unconfirmed() throws Exception {
        CliProcess.Result result = fetchline("redrive", "--from", "again");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE_OR_UNFINISHED);
        assertThat(result.err())
                .isEqualTo("fetchline: nobody is at the terminal to confirm: look with --dry-run, then add --yes.\n");
    }

    @Test
    void an_expression_that_cannot_be_read_is_told_by_its_place() throws Exception {
        CliProcess.Result result = fetchline("redrive", "--from", "again", "--where", "moon=1", "--yes");
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE_OR_UNFINISHED);
        assertThat(result.err()).startsWith("fetchline: --where: at character 1 of 'moon=1': found");
    }
}
