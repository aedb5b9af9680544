package dev.fetchline.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.local.table.TableFaults.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Each fault as a client meets it that does not try again, and what it leaves in the table.
class TableFaultsTest {
    private static final int CALLS = 60;

    private final TableFaults faults = new TableFaults(7);
    private MemoryTableServer server;
    private DynamoDbAsyncClient client;

    @BeforeEach
    void start() {
        server = MemoryTableServer.start(faults);
        client = DynamoDbAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(AwsCrtAsyncHttpClient.create())
                .overrideConfiguration(settings -> settings.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
        client.createTable(request -> request.tableName("results")
                        .billingMode("PAY_PER_REQUEST")
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("url")
                                .keyType("HASH")
                                .build())
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("url")
                                .attributeType("S")
                                .build()))
                .join();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void unprocessed_items_are_those_that_are_not_in_the_table() {
        faults.set(TableFaultSettings.NONE.with(Kind.UNPROCESSED_ITEMS, 1));
        List<Integer> left = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            List<Map<String, AttributeValue>> items = items(call * 25, 25);
            BatchWriteItemResponse answer = write(items).join();
            Set<Map<String, AttributeValue>> unprocessed =
                    answer.unprocessedItems().getOrDefault("results", List.of()).stream()
                            .map(request -> request.putRequest().item())
                            .collect(Collectors.toSet());
            Set<Map<String, AttributeValue>> inTable =
                    Set.copyOf(server.table("results").items());
            assertThat(items)
                    .allSatisfy(item -> assertThat(inTable.contains(item)).isNotEqualTo(unprocessed.contains(item)));
            left.add(unprocessed.size());
        }

        assertThat(left).contains(25).anyMatch(count -> count > 0 && count < 25);
        assertThat(faults.dealt().get(Kind.UNPROCESSED_ITEMS))
                .isEqualTo(left.stream().filter(count -> count > 0).count());
    }

    @Test
    void unprocessed_keys_are_those_that_are_not_answered() {
        List<Map<String, AttributeValue>> items = items(0, 25);
        write(items).join();
        faults.set(TableFaultSettings.NONE.with(Kind.UNPROCESSED_KEYS, 1));
        for (int call = 0; call < CALLS; call++) {
            BatchGetItemResponse answer = read(items).join();
            List<Map<String, AttributeValue>> all =
                    new ArrayList<>(answer.responses().get("results"));
            KeysAndAttributes unread = answer.unprocessedKeys().get("results");
            all.addAll(unread == null ? List.of() : unread.keys());
            assertThat(all).containsExactlyInAnyOrderElementsOf(items);
            assertThat(unread == null || unread.consistentRead()).isTrue();
        }
        assertThat(faults.dealt().get(Kind.UNPROCESSED_KEYS)).isBetween(CALLS / 2L, (long) CALLS);
    }

    @Test
    void a_bad_item_is_refused_also_where_it_would_have_been_left_unprocessed() {
        faults.set(TableFaultSettings.NONE.with(Kind.UNPROCESSED_ITEMS, 1));
        for (int call = 0; call < CALLS; call++) {
            assertThat(codeOf(write(List.of(Map.of("url", AttributeValue.fromS("u")), Map.of()))))
                    .isEqualTo("ValidationException");
        }
        assertThat(server.table("results").size()).isZero();
    }

    @Test
    void a_throttled_call_writes_nothing_and_is_known_as_throttled() {
        faults.set(TableFaultSettings.NONE.with(Kind.THROTTLED, 1));
        Set<String> codes = codesOf(0, 400);

        assertThat(codes).containsExactlyInAnyOrder("ProvisionedThroughputExceededException", "ThrottlingException");
        assertThat(server.table("results").size()).isZero();
        assertThat(faults.dealt()).containsEntry(Kind.THROTTLED, (long) CALLS).containsEntry(Kind.SLOW, 0L);
    }

    @Test
    void a_server_error_may_have_written() {
        faults.set(TableFaultSettings.NONE.with(Kind.SERVER_ERROR, 1));

        assertThat(codesOf(0, 500)).containsExactly("InternalServerError");
        assertThat(server.table("results").size()).isBetween(1L, CALLS - 1L);
    }

    @Test
    void a_lost_request_writes_nothing_and_a_lost_answer_has_written() {
        faults.set(TableFaultSettings.NONE.with(Kind.LOST_REQUEST, 1));
        assertThat(failureOf(write(items(0, 1)))).isInstanceOf(SdkClientException.class);
        assertThat(server.table("results").size()).isZero();

        faults.set(TableFaultSettings.NONE.with(Kind.LOST_ANSWER, 1));
        assertThat(failureOf(write(items(0, 1)))).isInstanceOf(SdkClientException.class);
        assertThat(server.table("results").items()).isEqualTo(items(0, 1));
    }

    @Test
    void a_table_that_is_down_does_nothing_until_it_is_up_again() {
        faults.set(TableFaultSettings.NONE.withDown(true));
        for (int call = 0; call < CALLS; call++) {
            assertThat(failureOf(write(items(call, 1))))
                    .satisfiesAnyOf(
                            lost -> assertThat(lost).isInstanceOf(SdkClientException.class),
                            refused -> assertThat(((AwsServiceException) refused).statusCode())
                                    .isEqualTo(503));
        }
        assertThat(server.table("results").size()).isZero();
        assertThat(client.describeTable(request -> request.tableName("results"))
                        .join()
                        .table()
                        .itemCount())
                .isZero();

        faults.set(faults.settings().withDown(false));
        assertThat(write(items(0, 1)).join().hasUnprocessedItems()).isTrue();
        assertThat(server.table("results").size()).isEqualTo(1);
        assertThat(faults.dealt()).containsEntry(Kind.DOWN, (long) CALLS);
    }

    @Test
    void a_slow_call_is_carried_out_and_answered_all_the_same() {
        faults.set(TableFaultSettings.NONE.withSlow(1, Duration.ofMillis(1), Duration.ofMillis(3)));
        write(items(0, 25)).join();

        assertThat(server.table("results").size()).isEqualTo(25);
        assertThat(faults.dealt()).containsEntry(Kind.SLOW, 1L);
    }

    @Test
    void one_seed_draws_the_same_faults_for_the_same_calls() {
        TableFaultSettings mixed = TableFaultSettings.NONE
                .with(Kind.UNPROCESSED_ITEMS, 0.2)
                .with(Kind.THROTTLED, 0.2)
                .with(Kind.SERVER_ERROR, 0.1)
                .with(Kind.LOST_REQUEST, 0.1)
                .with(Kind.LOST_ANSWER, 0.1)
                .withSlow(0.3, Duration.ofMillis(10), Duration.ofMillis(900));

        assertThat(draws(3, mixed)).isEqualTo(draws(3, mixed)).isNotEqualTo(draws(4, mixed));
        assertThat(draws(3, mixed).stream().map(TableFaults.Draw::kind).filter(kind -> kind != null))
                .containsAll(EnumSet.of(
                        Kind.UNPROCESSED_ITEMS,
                        Kind.THROTTLED,
                        Kind.SERVER_ERROR,
                        Kind.LOST_REQUEST,
                        Kind.LOST_ANSWER));
        assertThat(draws(3, mixed))
                .anyMatch(draw -> draw.before().isPositive())
                .anyMatch(draw -> draw.after().isPositive())
                .allMatch(draw -> draw.before().plus(draw.after()).toMillis() <= 900);
    }

    @Test
    void shares_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> TableFaultSettings.NONE.with(Kind.THROTTLED, 1.5))
                .hasMessage("The share of THROTTLED is 1.5; it must be from 0 to 1.");
        assertThatThrownBy(() -> TableFaultSettings.NONE.with(Kind.THROTTLED, Double.NaN))
                .hasMessage("The share of THROTTLED is NaN; it must be from 0 to 1.");
        assertThatThrownBy(
                        () -> TableFaultSettings.NONE.with(Kind.THROTTLED, 0.5).with(Kind.LOST_ANSWER, 0.75))
                .hasMessageEndingWith("are 1.25 together; without slow calls they must be 1 at most.");
        assertThatThrownBy(() -> TableFaultSettings.NONE.withSlow(1, Duration.ofMillis(2), Duration.ofMillis(1)))
                .hasMessageStartingWith("The delays go from PT0.002S to PT0.001S;");
    }

    /// What is drawn, but for the generators, which are equal to nothing.
    private static List<TableFaults.Draw> draws(long seed, TableFaultSettings settings) {
        TableFaults drawn = new TableFaults(seed);
        drawn.set(settings);
        return IntStream.range(0, 200)
                .mapToObj(_ -> drawn.draw("BatchWriteItem"))
                .map(draw -> new TableFaults.Draw(draw.kind(), draw.before(), draw.after(), null))
                .toList();
    }

    private Set<String> codesOf(int first, int status) {
        return IntStream.range(first, first + CALLS)
                .mapToObj(call -> {
                    AwsServiceException failure = (AwsServiceException) failureOf(write(items(call, 1)));
                    assertThat(failure.statusCode()).isEqualTo(status);
                    assertThat(failure.isThrottlingException()).isEqualTo(status == 400);
                    return failure.awsErrorDetails().errorCode();
                })
                .collect(Collectors.toSet());
    }

    private static String codeOf(CompletableFuture<?> call) {
        return ((AwsServiceException) failureOf(call)).awsErrorDetails().errorCode();
    }

    private static Throwable failureOf(CompletableFuture<?> call) {
        try {
            Object answer = call.join();
            throw new AssertionError("It did not fail: " + answer);
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private CompletableFuture<BatchWriteItemResponse> write(List<Map<String, AttributeValue>> items) {
        List<WriteRequest> puts = items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item).build())
                        .build())
                .toList();
        return client.batchWriteItem(request -> request.requestItems(Map.of("results", puts)));
    }

    private CompletableFuture<BatchGetItemResponse> read(List<Map<String, AttributeValue>> keys) {
        return client.batchGetItem(request -> request.requestItems(Map.of(
                "results",
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build())));
    }

    private static List<Map<String, AttributeValue>> items(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(at -> Map.of("url", AttributeValue.fromS("u" + at)))
                .toList();
    }
}
