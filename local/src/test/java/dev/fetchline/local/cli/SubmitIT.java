package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetChoice;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// `submit` in processes of its own, on the queue of a stack of this process; killed and interrupted in the middle.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SubmitIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final UpFile UP_FILE = new UpFile(ROOT.resolve("local/target/up.json"));
    private static final String BATCHES = "submit-it-batches";

    @TempDir
    static Path directory;

    private static DemoWeb web;
    private static LocalStack stack;
    private static Target target;

    @BeforeAll
    static void start() {
        web = DemoWeb.start();
        stack = LocalStack.start(new LocalStackSettings(
                ROOT.resolve("template.yaml"),
                LocalStackSettings.artifactOfThisMachine(ROOT.resolve("functions/fetch/target/lambda")),
                Map.of("BatchWindowSeconds", "1"),
                Map.of(
                        "FETCH_ALLOW_NETWORKS", "127.0.0.0/8",
                        "FETCH_ALLOW_PORTS", Integer.toString(web.port()),
                        "FETCH_RESOLVE", "a.example=127.0.0.1 b.example=127.0.0.1 c.example=127.0.0.1"),
                directory,
                false));
        UP_FILE.write(Map.of(
                "queueUrl",
                stack.queueUrl(),
                "deadLetterQueueUrl",
                stack.deadLetterQueueUrl(),
                "table",
                stack.table(),
                "sqsEndpoint",
                stack.sqsEndpoint().toString(),
                "dynamoDbEndpoint",
                stack.dynamoDbEndpoint().toString(),
                Targets.BATCHES_TABLE,
                BATCHES));
        target = new Targets(ROOT.resolve("template.yaml"), UP_FILE).open(TargetChoice.UP);
        target.dynamoDb()
                .createTable(request -> request.tableName(BATCHES)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(Stream.of("batchId", "entry")
                                .map(SubmitIT::attribute)
                                .toList())
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

    @AfterAll
    static void stop() {
        UP_FILE.remove();
        target.close();
        stack.close();
        web.close();
    }

    @Test
    @Order(1)
    void killed_in_the_middle_it_goes_on_and_sends_nothing_twice_but_what_was_in_flight()
            throws IOException, InterruptedException {
        Path urls = Files.writeString(directory.resolve("killed.txt"), urls(3_000, "/killed/"));
        String[] command = {"submit", "--batch-id", "killed", "--urls-per-message", "1", urls.toString()};
        try (CliProcess submit = CliProcess.start(directory, "", command)) {
            awaitConfirmed("killed", 500);
            submit.process().destroyForcibly().waitFor();
        }
        long before = confirmed("killed");
        assertThat(before).isBetween(500L, 2_999L);
        CliProcess.Result result;
        try (CliProcess submit = CliProcess.start(directory, "", command)) {
            result = submit.await();
        }
        assertThat(result.err()).contains("of which %,d were sent before".formatted(before));
        assertThat(result.out()).isEqualTo("killed\n");
        assertThat(result.exitCode()).isZero();
        assertThat(head("killed").isSent()).isTrue();
        assertThat(head("killed").sent()).isEqualTo(3_000);

        Map<String, Integer> copies = new HashMap<>();
        receiveAll().forEach(message -> urlsOf(message).forEach(url -> copies.merge(url, 1, Integer::sum)));
        assertThat(copies).hasSize(3_000);
        // Eight calls of ten messages of one URL.
        assertThat(copies.values().stream().mapToInt(count -> count - 1).sum()).isLessThanOrEqualTo(80);

        try (CliProcess submit = CliProcess.start(directory, "", command)) {
            result = submit.await();
        }
        assertThat(result.err()).contains("the batch killed was sent before").contains("nothing was sent now");
        assertThat(result.out()).isEqualTo("killed\n");
        assertThat(result.exitCode()).isZero();
        assertThat(stack.messagesLeft()).isZero();
    }

    @Test
    @Order(2)
    void interrupted_it_says_how_far_it_got_and_how_to_go_on() throws IOException, InterruptedException {
        Path urls = Files.writeString(directory.resolve("interrupted.txt"), urls(3_000, "/interrupted/"));
        String[] command = {"submit", "--batch-id", "interrupted", "--urls-per-message", "1", urls.toString()};
        CliProcess.Ended ended;
        try (CliProcess submit = CliProcess.start(directory, "", command)) {
            awaitConfirmed("interrupted", 300);
            ended = submit.signal("INT");
        }
        assertThat(ended.exitCode()).isEqualTo(130);
        long sent = confirmed("interrupted");
        assertThat(ended.err())
                .endsWith(
                        ("fetchline: interrupted: %,d of 3,000 URLs sent; the same command with --batch-id interrupted"
                                        + " goes on there.\n")
                                .formatted(sent));
        // What was in flight was waited for: nothing is sent twice.
        try (CliProcess submit = CliProcess.start(directory, "", command)) {
            assertThat(submit.await().exitCode()).isZero();
        }
        List<String> received = receiveAll().stream()
                .flatMap(message -> urlsOf(message).stream())
                .toList();
        assertThat(received).hasSize(3_000).doesNotHaveDuplicates();
        // What was packed on the disk is gone.
        assertThat(stateFiles()).allMatch(name -> !name.endsWith(".messages") && !name.endsWith(".urls"));
    }

    @Test
    @Order(2)
    void of_two_at_once_one_sends_and_the_other_says_so() throws IOException, InterruptedException {
        Path urls = Files.writeString(directory.resolve("two.txt"), urls(12_000, "/two/"));
        String[] command = {"submit", "--batch-id", "two", "--urls-per-message", "1", urls.toString()};
        try (CliProcess first = CliProcess.start(directory, "", command)) {
            // From then on it holds the lock, and whoever reads its manifest must not take that away by it.
            awaitConfirmed("two", 20);
            kill("-STOP", first);
            try (CliProcess second = CliProcess.start(directory, "", command)) {
                CliProcess.Result refused = second.await();
                assertThat(refused.err()).contains("another process submits this batch at this moment");
                assertThat(refused.exitCode()).isEqualTo(2);
            }
            Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
            try (CliProcess third = CliProcess.start(elsewhere, "", command)) {
                CliProcess.Result refused = third.await();
                assertThat(refused.err())
                        .contains("from another machine or with another state directory")
                        .endsWith("choose another --batch-id.\n");
                assertThat(refused.exitCode()).isEqualTo(2);
            }
            kill("-CONT", first);
            assertThat(first.await().exitCode()).isZero();
        }
        List<String> received = receiveAll().stream()
                .flatMap(message -> urlsOf(message).stream())
                .toList();
        assertThat(received).hasSize(12_000).doesNotHaveDuplicates();
    }

    @Test
    @Order(3)
    void bad_lines_are_named_and_nothing_is_sent() throws IOException, InterruptedException {
        Path urls = Files.writeString(directory.resolve("bad.txt"), "http://a.example/\nnonsense\nftp://b.example/\n");
        try (CliProcess submit = CliProcess.start(directory, "", "submit", "--batch-id", "bad", urls.toString())) {
            CliProcess.Result result = submit.await();
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .isEqualTo(("  %1$s:2: INVALID: There is no scheme: expected http:// or https://%n"
                                    + "  %1$s:3: REFUSED: The scheme is ftp; only http and https are fetched%n"
                                    + "fetchline: 2 bad lines (INVALID: 1, REFUSED: 1), so nothing was sent: mend the"
                                    + " input, or leave them out with --skip-invalid.%n")
                            .formatted(urls));
            assertThat(stack.messagesLeft()).isZero();
        }
    }

    @Test
    @Order(4)
    void messages_have_the_group_of_their_host() throws IOException, InterruptedException {
        try (CliProcess submit = CliProcess.start(
                directory, "http://www.one.example/\nhttp://two.example/\nhttp://one.example/\n", "submit", "-")) {
            CliProcess.Result result = submit.await();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).matches("submit-[0-9TZ]+-[0-9a-z]{4}\n");
        }
        assertThat(receiveAll())
                .extracting(message -> message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .containsExactlyInAnyOrder("one.example", "two.example");
    }

    @Test
    @Order(5)
    void twelve_thousand_urls_of_several_forms_have_their_records_in_the_parts_that_the_head_names()
            throws IOException, InterruptedException {
        Path text = Files.writeString(
                directory.resolve("many.txt"), "# text\n" + urls(6_000, "/fast?t") + urls(100, "/fast?t"));
        Path lines = Files.writeString(
                directory.resolve("many.jsonl"),
                IntStream.range(0, 300)
                        .mapToObj(i -> "{\"urls\":[%s]}\n"
                                .formatted(IntStream.range(0, 10)
                                        .mapToObj(j -> "\"" + url("/fast?l" + i + "-" + j, j) + "\"")
                                        .collect(Collectors.joining(","))))
                        .collect(Collectors.joining()));
        Path body = Files.writeString(
                directory.resolve("many.json"),
                "{\"batchId\":\"many\",\"urls\":[%s],\"defaults\":{\"timeoutMs\":15000}}"
                        .formatted(IntStream.range(0, 3_000)
                                .mapToObj(i -> "\"" + url("/fast?j" + i, i) + "\"")
                                .collect(Collectors.joining(","))));
        try (CliProcess submit = CliProcess.start(
                directory,
                "",
                "submit",
                "--json",
                "--batch-id",
                "many",
                "--tag",
                "it",
                text.toString(),
                lines.toString(),
                body.toString())) {
            CliProcess.Result result = submit.await();
            assertThat(result.err()).contains("100 duplicates left out").contains("fetchline watch many");
            assertThat(result.exitCode()).isZero();
            assertThat(result.out())
                    .startsWith(
                            "{\"batchId\":\"many\",\"urls\":12000,\"sent\":12000,\"sentBefore\":0,\"duplicates\":100,"
                                    + "\"invalid\":0,\"refused\":0,\"hosts\":3,");
        }
        BatchHead head = head("many");
        assertThat(head.parts()).isEqualTo(3);
        stack.startEventSourceMapping();
        while (stack.messagesLeft() > 0) {
            Thread.sleep(200);
        }
        TableReader reader = new TableReader(target.dynamoDb());
        Map<String, Integer> statuses = new HashMap<>();
        Set<String> urls = new HashSet<>();
        Set<String> batches = new HashSet<>();
        new BatchRecords(reader, stack.table(), head.split(), true).each(Where.ALL, fetched -> {
            statuses.merge(fetched.status(), 1, Integer::sum);
            urls.add(fetched.url());
            batches.add(fetched.batchId());
            assertThat(fetched.text("tag")).isEqualTo("it");
        });
        assertThat(urls).hasSize(12_000);
        assertThat(statuses).containsOnlyKeys("OK");
        assertThat(batches).isSubsetOf("many/00", "many/01", "many/02");
        // Nothing under the name of the whole.
        List<FetchRecord> whole = new ArrayList<>();
        new BatchRecords(reader, stack.table(), new BatchParts("many", 0)).each(Where.ALL, whole::add);
        assertThat(whole).isEmpty();
    }

    @Test
    @Order(6)
    void the_size_of_the_input_is_no_matter_of_memory() throws IOException, InterruptedException {
        Path large = directory.resolve("large.txt");
        try (PrintStream out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(large)))) {
            // As strings in the heap they would be more than 50 MB.
            IntStream.range(0, 400_000)
                    .mapToObj(i -> "https://www.host%d.example/products/category-%d/item-%d?from=list&position=%d%n"
                            .formatted(i % 5_000, i % 97, i, i))
                    .forEach(out::print);
        }
        try (CliProcess submit =
                CliProcess.startInHeap(28, directory, "submit", "--dry-run", "--json", large.toString())) {
            CliProcess.Result result = submit.await();
            assertThat(result.err()).startsWith("fetchline: would send 400,000 URLs of 5,000 hosts");
            assertThat(result.exitCode()).isZero();
        }
    }

    private static String urls(int count, String path) {
        return IntStream.range(0, count).mapToObj(i -> url(path + i, i) + "\n").collect(Collectors.joining());
    }

    private static String url(String path, int number) {
        return "http://%s.example:%d%s".formatted("abc".charAt(number % 3), web.port(), path);
    }

    private static BatchHead head(String batchId) {
        return new BatchesTable(target.dynamoDb(), BATCHES).head(batchId).orElseThrow();
    }

    private static List<String> urlsOf(Message message) {
        return ((FetchBatch) BatchReader.read(message.body(), message.messageId()))
                .items().stream()
                        .map(item -> ((dev.fetchline.intake.FetchItem) item).url())
                        .toList();
    }

    /// All messages of the queue, which is empty afterwards.
    private static List<Message> receiveAll() {
        List<Message> all = new ArrayList<>();
        while (stack.messagesLeft() > 0) {
            List<Message> some = target.sqs()
                    .receiveMessage(request -> request.queueUrl(stack.queueUrl())
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .join()
                    .messages();
            if (!some.isEmpty()) {
                target.sqs()
                        .deleteMessageBatch(request -> request.queueUrl(stack.queueUrl())
                                .entries(some.stream()
                                        .map(message -> DeleteMessageBatchRequestEntry.builder()
                                                .id(message.messageId())
                                                .receiptHandle(message.receiptHandle())
                                                .build())
                                        .toList()))
                        .join();
            }
            all.addAll(some);
        }
        return all;
    }

    private static void kill(String signal, CliProcess process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.process().pid()))
                .start()
                .waitFor();
    }

    /// The command runs elsewhere: what it noted is looked at until there is enough of it.
    private static void awaitConfirmed(String batchId, long messages) throws IOException, InterruptedException {
        while (confirmed(batchId) < messages) {
            Thread.sleep(5);
        }
    }

    private static long confirmed(String batchId) throws IOException {
        Path submits = directory.resolve("state/submit");
        if (!Files.exists(submits)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(submits)) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches(batchId + "-[0-9a-f]{16}"))
                    .toList()) {
                return Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith("sent "))
                        .mapToLong(line -> line.split(" ").length - 1L)
                        .sum();
            }
        }
        return 0;
    }

    private static List<String> stateFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
            return files.map(Path::toString).toList();
        }
    }
}
