package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.pace.SystemTime;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.pipeline.Surroundings;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/// The function as Lambda calls it. No port is open, so nothing is
/// ever fetched: each URL ends REFUSED.
final class FetchHandlerTest {
    private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";
    private static final Path EVENTS = Path.of("../../events");

    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final FetchSettings settings = FetchSettings.fromEnvironment(Map.of(
            "RESULTS_TABLE",
            "results",
            "SOURCE_QUEUE_URL",
            aws.queueUrl("fetch"),
            "DEAD_LETTER_QUEUE_URL",
            aws.queueUrl("dead"),
            "FETCH_ALLOW_PORTS",
            "1"));
    private final FetchHandler handler = new FetchHandler(
            Assembly.assemble(
                    settings,
                    Surroundings.real(
                            settings,
                            InetAddress::getAllByName,
                            aws::dynamoDb,
                            aws::sqs,
                            time,
                            () -> 0.5,
                            400_000_000)),
            new InvocationLog(lines::add, time, true),
            time);

    @AfterEach
    void stop() {
        aws.close();
    }

    static Stream<Path> eventFiles() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    private static List<JsonNode> records(String event) {
        return JsonNodeParser.create()
                .parse(event)
                .field("Records")
                .orElseThrow()
                .asArray();
    }

    private String handle(String event) throws IOException {
        return TestEvents.response(handler, new TestContext(30_000), event);
    }

    private JsonNode summary() {
        return JsonNodeParser.create().parse(lines.getLast());
    }

    private long figure(String name) {
        return Long.parseLong(summary().field(name).orElseThrow().asNumber());
    }

    @ParameterizedTest
    @MethodSource("eventFiles")
    void every_event_of_the_samples_is_settled(Path file) throws IOException {
        String event = Files.readString(file);
        assertThat(records(event)).isNotEmpty();
        assertThat(handle(event)).isEqualTo(NOTHING_FAILED);
        assertThat(figure("Messages")).isEqualTo(records(event).size());
        assertThat(figure("Urls")).isEqualTo(aws.itemCount());
        assertThat(figure("Quarantined")).isEqualTo(aws.sent().size());
        assertThat(figure("Unfinished")).isZero();
        boolean hasNothingToRecord = file.endsWith("empty-list.json");
        assertThat(aws.itemCount() + aws.sent().size() > 0).isEqualTo(!hasNothingToRecord);
        assertThat(lines).allSatisfy(line -> JsonNodeParser.create().parse(line));
    }

    @Test
    void a_message_that_must_come_again_is_named_as_lambda_wants_it() throws IOException {
        aws.fault("BatchWriteItem", 1, Answer.error(400, "ValidationException"))
                .fault("PutItem", 1, Answer.error(400, "ValidationException"))
                .fault("SendMessageBatch", 1, Answer.error(400, "AccessDenied"));
        String event = Files.readString(EVENTS.resolve("single-url.json"));
        String id = records(event).getFirst().field("messageId").orElseThrow().text();
        assertThat(handle(event)).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + id + "\"}]}");
        assertThat(figure("ReportedBack")).isEqualTo(1);
    }

    /// Also of a version that is asked before it is given traffic: it has started, and says that this is no event.
    @Test
    void what_is_no_event_of_sqs_is_said_in_a_sentence_and_nothing_is_done() {
        assertThatIllegalArgumentException().isThrownBy(() -> handle("{}")).withMessageContaining("Records");
        assertThat(lines).isEmpty();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_message_made_by_hand_needs_an_id_and_a_body_only() throws IOException {
        assertThat(handle(TestEvents.of("by-hand", "http://example.com/"))).isEqualTo(NOTHING_FAILED);
        assertThat(aws.attribute("by-hand", "http://example.com/", "status")).isEqualTo("REFUSED");
    }

    @Test
    void a_deferral_made_by_hand_replaces_the_record_of_an_earlier_request() throws IOException {
        for (String requestedAt : List.of("1700000000000", "1700000000001")) {
            handle(TestEvents.of("by-hand", """
                    {"v":1,"parts":[{"batchId":"b","messageId":"m","requestedAt":%s,"firstSeenAt":%s,"hop":1,
                    "items":[{"item":"http://example.com/"}]}]}""".formatted(requestedAt, requestedAt)));
            assertThat(aws.attribute("b", "http://example.com/", "requestedAt")).isEqualTo(requestedAt);
        }
    }

    @Test
    void with_no_time_left_everything_comes_again() throws IOException {
        String event = Files.readString(EVENTS.resolve("single-url.json"));
        assertThat(TestEvents.response(handler, new TestContext(0), event)).contains("itemIdentifier");
        assertThat(aws.itemCount()).isZero();
    }
}
