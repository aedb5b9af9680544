package dev.fetchline.local.submit;

import static dev.fetchline.local.submit.Submissions.read;
import static dev.fetchline.local.submit.Submissions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.submit.StubQueue.Answer;
import dev.fetchline.local.table.MemoryTableServer;
import dev.fetchline.local.table.TableFaults;
import dev.fetchline.local.target.Access;
import dev.fetchline.local.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Real clients against servers of this process: what the head says, and what a second submit of a batch does.
@Timeout(120)
class DeliveryTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    /// Its ports differ each time it is started; what it is called says which queue it is.
    private String queueName = "one";

    private String table = "batches";

    private final MemoryTableServer tables = MemoryTableServer.start(new TableFaults(1));

    private final DynamoDbAsyncClient dynamoDb = Access.local()
            .applyTo(DynamoDbAsyncClient.builder(), tables.endpoint())
            .build();

    private final BatchesTable heads = new BatchesTable(dynamoDb, "batches");

    @BeforeEach
    void makeTable() {
        dynamoDb.createTable(request -> request.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attribute("batchId"), attribute("entry"))
                        .keySchema(key("batchId", KeyType.HASH), key("entry", KeyType.RANGE)))
                .join();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @AfterEach
    void stop() {
        dynamoDb.close();
        tables.close();
    }

    @Test
    void the_head_is_there_before_the_first_message_and_true_at_the_end() throws InterruptedException {
        List<BatchHead> atFirstCall = new CopyOnWriteArrayList<>();
        try (StubQueue queue = StubQueue.start((call, _) -> {
            if (call == 0) {
                heads.head("big").ifPresent(atFirstCall::add);
            }
            return Answer.OK;
        })) {
            submit(queue, settings("big", "nightly"), lines(12_000));
            assertThat(atFirstCall).singleElement().satisfies(head -> {
                assertThat(head.isSent()).isFalse();
                assertThat(head.sent()).isZero();
            });
            BatchHead head = heads.head("big").orElseThrow();
            assertThat(head).isEqualTo(atFirstCall.getFirst().withSent(12_000, true));
            assertThat(head.urls()).isEqualTo(12_000);
            assertThat(head.parts()).isEqualTo(3);
            assertThat(head.keys()).containsOnlyKeys("00", "01", "02");
            assertThat(head.keys().values().stream()
                            .mapToLong(sum -> sum.count())
                            .sum())
                    .isEqualTo(12_000);
            assertThat(head.messages()).isEqualTo(queue.taken().size());
            assertThat(head.tag()).contains("nightly");
            assertThat(head.expiresAt())
                    .isEqualTo(head.submittedAt().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Test
    void a_batch_that_is_sent_is_not_sent_again() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            assertThat(submit(queue, settings("b", "t"), lines(100))).isEqualTo(100);
            int calls = queue.calls().size();
            assertThat(submit(queue, settings("b", "t"), lines(100))).isZero();
            assertThat(queue.calls()).hasSize(calls);
        }
    }

    @Test
    void other_input_or_options_under_the_same_name_are_refused() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            submit(queue, settings("b", "t"), lines(100));
            assertRefused(queue, settings("b", "t"), lines(101));
            assertRefused(queue, settings("b", "other tag"), lines(100));
            assertThat(queue.taken()).hasSize(100);
            // Another stack has its own batches.
            try (StubQueue other = StubQueue.start((_, _) -> Answer.OK)) {
                queueName = "another";
                table = "another-batches";
                makeTable();
                assertThat(submit(other, settings("b", "t"), lines(101))).isEqualTo(101);
            }
        }
    }

    private void assertRefused(StubQueue queue, SubmitSettings settings, String lines) {
        assertThatThrownBy(() -> submit(queue, settings, lines))
                .isInstanceOf(SubmitException.class)
                .hasMessageStartingWith("the batch b was submitted before, at ")
                .hasMessageContaining("with other input or other options");
    }

    @Test
    void a_batch_that_somebody_else_submitted_is_refused() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            submit(queue, settings("b", "t"), lines(10));
            Path elsewhere = directory.resolve("elsewhere");
            assertThatThrownBy(() -> submit(queue, settings("b", "t"), lines(10), elsewhere))
                    .isInstanceOf(SubmitException.class)
                    .hasMessageContaining("from another machine");
            assertThat(queue.taken()).hasSize(10);
        }
    }

    @Test
    void what_was_left_is_sent_and_the_head_counts_both() throws InterruptedException {
        try (StubQueue queue =
                StubQueue.start((call, _) -> call < 3 ? Answer.OK : Answer.error(400, "AccessDeniedException"))) {
            assertThatThrownBy(() -> submit(queue, settings("b", "t"), lines(100)))
                    .isInstanceOf(SubmitException.class);
            assertThat(heads.head("b").orElseThrow().isSent()).isFalse();
        }
        // The same queue as before, by its name.
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            assertThat(submit(queue, settings("b", "t"), lines(100))).isEqualTo(70);
            assertThat(queue.taken()).hasSize(70);
            assertThat(heads.head("b").orElseThrow().sent()).isEqualTo(100);
            assertThat(heads.head("b").orElseThrow().isSent()).isTrue();
        }
    }

    @Test
    void without_the_table_of_heads_nothing_is_sent() {
        table = "there-is-none";
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            assertThatThrownBy(() -> submit(queue, settings("b", "t"), lines(10)))
                    .isInstanceOf(SubmitException.class)
                    .hasMessageContaining("cannot be read (ResourceNotFoundException: ")
                    .hasMessageEndingWith("nothing was sent.");
            assertThat(queue.calls()).isEmpty();
        }
    }

    private static SubmitSettings settings(String batchId, String tag) {
        return new SubmitSettings(batchId, Optional.of(tag), Map.of(), 1);
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "http://host%d.example/%d".formatted(i % 40, i))
                .collect(Collectors.joining("\n"));
    }

    private long submit(StubQueue queue, SubmitSettings settings, String lines) throws InterruptedException {
        return submit(queue, settings, lines, directory.resolve("state"));
    }

    /// URLs that were sent.
    private long submit(StubQueue queue, SubmitSettings settings, String lines, Path state)
            throws InterruptedException {
        try (Target target = target(queue);
                Submission submission = read(settings, directory, text("u.txt", lines))) {
            Submission.Packed packed = submission.pack(true);
            try (Delivery delivery = Delivery.open(target, queueName, settings, packed, new StateDirectory(state))) {
                if (delivery.isDone()) {
                    return 0;
                }
                delivery.start();
                assertThat(delivery.await(LONG)).isTrue();
                return delivery.urlsSent() - delivery.urlsBefore();
            }
        }
    }

    private Target target(StubQueue queue) {
        return new Target(
                Target.Place.UP,
                "a stack of the test",
                Access.local(),
                queue.client(),
                Access.local()
                        .applyTo(DynamoDbAsyncClient.builder(), tables.endpoint())
                        .build(),
                queue.queueUrl(),
                queue.queueUrl(),
                "results",
                Optional.of(table),
                Optional.empty());
    }
}
