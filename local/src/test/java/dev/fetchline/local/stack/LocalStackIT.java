package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Real servers, real processes: once under Lambda's runtime client, once under the stand-in.
@ParameterizedClass(name = "stand-in {0}")
@ValueSource(booleans = {false, true})
class LocalStackIT {
    @TempDir
    static Path directory;

    @Parameter
    boolean standIn;

    private static LocalStack stack;

    @BeforeParameterizedClassInvocation
    static void start(boolean standIn) throws Exception {
        Path own = Files.createDirectory(directory.resolve(Boolean.toString(standIn)));
        stack = LocalStack.start(Probe.settings(own, standIn, Map.of(), Map.of("OVERRIDE", "from settings")));
        stack.startEventSourceMapping();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        List<Long> pids = Probe.deliveries(stack).stream()
                .map(Probe.Delivery::pid)
                .distinct()
                .toList();
        stack.close();
        stack.close();
        assertThat(pids)
                .isNotEmpty()
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    @Test
    void says_which_runtime_it_is() {
        assertThat(stack.runtimeDescription().contains("stand-in")).isEqualTo(standIn);
        assertThat(Probe.log(stack)).anyMatch(line -> line.endsWith(stack.runtimeDescription()));
    }

    @Test
    void messages_are_handled_once_and_deleted() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            bodies.add("ok " + i);
        }
        List<String> ids = stack.send(bodies);
        assertThat(new HashSet<>(ids)).hasSize(25);
        ids.forEach(this::awaitGone);
        for (int i = 0; i < 25; i++) {
            List<Probe.Delivery> deliveries = Probe.deliveries(stack, ids.get(i));
            assertThat(deliveries)
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.batch()).isBetween(1, 10));
            assertThat(deliveries.getFirst().body()).isEqualTo("ok " + i);
        }
    }

    @Test
    void the_function_sees_lambdas_surroundings() throws Exception {
        try (AwsClients clients = AwsClients.of(stack.sqsEndpoint(), stack.dynamoDbEndpoint())) {
            String id = Calls.await(clients.sqs()
                            .sendMessage(message -> message.queueUrl(stack.queueUrl())
                                    .messageBody("tell")
                                    .messageAttributes(Map.of(
                                            "reason",
                                            MessageAttributeValue.builder()
                                                    .dataType("String")
                                                    .stringValue("because")
                                                    .build()))))
                    .messageId();
            awaitGone(id);
        }
        // A delivery is noted before the probe does what it is told; this is the last that it then says.
        Until.holds("told", () -> Probe.log(stack).contains("told text=größer ⇒ 漢字"));
        assertThat(Probe.log(stack))
                .contains(
                        "env AWS_REGION=us-east-1",
                        "env LC_ALL=C.UTF-8",
                        "env TABLE=" + stack.table(),
                        "env QUEUE_URL=" + stack.queueUrl(),
                        "env AWS_ENDPOINT_URL_SQS=" + stack.sqsEndpoint(),
                        "env AWS_ENDPOINT_URL_DYNAMODB=" + stack.dynamoDbEndpoint(),
                        "env GREETING=hello from us-east-1, ${not} this, fetchline-ProbeQueue",
                        "env OVERRIDE=from settings",
                        "env AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256",
                        "told option=given",
                        "told user.dir="
                                + directory.resolve(Boolean.toString(standIn)).resolve("artifact"),
                        "told system-loader-sees-handler=false",
                        "told loader-is-context-loader=true",
                        "told function=fetchline-ProbeFunction",
                        "told arn=arn:aws:sqs:us-east-1:000000000000:fetchline-ProbeQueue",
                        "told attribute reason=because",
                        "told md5=fe17ec3c451f132ef82a3a54e84a461e",
                        "told text=größer ⇒ 漢字")
                .anyMatch(line -> line.startsWith("told library="
                        + directory.resolve(Boolean.toString(standIn)).resolve("artifact/lib/jackson-core-")))
                .noneMatch(line -> line.startsWith("env HOME="));
        assertThat(Probe.log(stack))
                .anySatisfy(line -> assertThat(line).matches("told remaining=[1-4]\\d{3}|told remaining=5000"));
    }

    @Test
    void an_event_may_be_handed_over_past_the_queue() {
        assertThat(stack.invoke(Probe.event("ok"))).isEqualTo(new Invocation(true, "{\"batchItemFailures\":[]}"));
        assertThat(stack.invoke(Probe.event("fail")))
                .isEqualTo(new Invocation(true, "{\"batchItemFailures\":[{\"itemIdentifier\":\"direct\"}]}"));
        Invocation thrown = stack.invoke(Probe.event("throw"));
        assertThat(thrown.succeeded()).isFalse();
        assertThat(Json.topField(thrown.payload(), "errorMessage")).hasValue("thrown on demand");
        assertThat(Json.topField(thrown.payload(), "errorType")).hasValue("java.lang.IllegalArgumentException");
    }

    @Test
    void what_hangs_grows_or_ends_is_replaced() {
        assertThat(failure("hang")).contains("Task timed out after 5 seconds");
        assertThat(failure("hog")).contains("the function's memory is 256 MB");
        assertThat(failure("exit")).contains("exit status 7");
        assertThat(stack.invoke(Probe.event("ok")).succeeded()).isTrue();
        assertThat(stack.functionFailure()).isEmpty();
    }

    private static String failure(String order) {
        Invocation invocation = stack.invoke(Probe.event(order));
        assertThat(invocation.succeeded()).isFalse();
        return invocation.payload();
    }

    @Test
    void two_events_at_once_have_two_environments() throws Exception {
        Path place = Files.createDirectory(directory.resolve("meeting-" + standIn));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> stack.invoke(Probe.event("meet " + place)), threads);
            var second = CompletableFuture.supplyAsync(() -> stack.invoke(Probe.event("meet " + place)), threads);
            assertThat(first.get().succeeded()).isTrue();
            assertThat(second.get().succeeded()).isTrue();
        }
    }

    @Test
    void records_are_read_page_by_page() {
        long before = stack.recordCount();
        try (AwsClients clients = AwsClients.of(stack.sqsEndpoint(), stack.dynamoDbEndpoint())) {
            // Two pages: a scan ends one at 1 MB.
            for (int i = 0; i < 6; i++) {
                String url = "https://example.com/" + i;
                String status = i % 5 == 0 ? "RETRYING" : "OK";
                Calls.await(clients.dynamoDb()
                        .putItem(put -> put.tableName(stack.table())
                                .item(Map.of(
                                        "batchId", AttributeValue.fromS("b"),
                                        "url", AttributeValue.fromS(url),
                                        "status", AttributeValue.fromS(status),
                                        "body", AttributeValue.fromS("x".repeat(300_000))))));
            }
        }
        assertThat(stack.recordCount()).isEqualTo(before + 6);
        assertThat(stack.records()).hasSize((int) before + 6);
        List<Map<String, AttributeValue>> retrying = new ArrayList<>();
        stack.eachRetrying(retrying::add);
        assertThat(retrying)
                .as("of the first page and of the second, without the body")
                .containsExactlyInAnyOrder(waiting("https://example.com/0"), waiting("https://example.com/5"));
    }

    private static Map<String, AttributeValue> waiting(String url) {
        return Map.of("url", AttributeValue.fromS(url), "status", AttributeValue.fromS("RETRYING"));
    }

    @Test
    void delayed_messages_are_counted_as_such() {
        try (AwsClients clients = AwsClients.of(stack.sqsEndpoint(), stack.dynamoDbEndpoint())) {
            Calls.await(clients.sqs()
                    .sendMessage(send ->
                            send.queueUrl(stack.queueUrl()).delaySeconds(900).messageBody("later")));
        }
        assertThat(stack.queueCounts().delayed()).isEqualTo(1);
        assertThat(stack.messagesLeft()).isPositive();
    }

    @Test
    void sending_keeps_to_the_queues_limits() {
        String large = "ok " + "x".repeat(400_000);
        List<String> ids = stack.send(List.of(large, large, large, "ok"));
        assertThat(new HashSet<>(ids)).hasSize(4);
        ids.forEach(this::awaitGone);
        assertThatThrownBy(() -> stack.send(List.of("ok", "é".repeat(600_000))))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("Message 2 has 1200000 bytes and a queue takes messages of at most 1048576; split it.");
        assertThatThrownBy(() -> stack.send(List.of("")))
                .hasMessage("Message 1 is empty, which a queue does not take.");
        assertThatThrownBy(() -> stack.send(List.of("a\u0000b")))
                .isInstanceOf(LocalStackException.class)
                .hasMessageStartingWith("The queue does not take message");
        assertThat(stack.send(List.of())).isEmpty();
    }

    private void awaitGone(String id) {
        Until.holds("delivered", () -> !Probe.deliveries(stack, id).isEmpty());
    }
}
