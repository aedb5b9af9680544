package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// `up` and `run` with `--endpoint`: queues and table are somebody else's, who may go away.
@Timeout(300)
class EndpointIT {
    @TempDir
    Path directory;

    private LocalStack theirs;
    private OneAddress emulator;

    @BeforeEach
    void start() throws IOException {
        theirs = LocalStack.start(new LocalStackSettings(
                Path.of("..", "template.yaml"),
                LocalStackSettings.artifactOfThisMachine(Path.of("..", "functions", "fetch", "target", "lambda")),
                Map.of(),
                Map.of(),
                directory,
                false));
        emulator = new OneAddress(theirs);
    }

    @AfterEach
    void stop() {
        emulator.close();
        theirs.close();
    }

    @Test
    void up_works_on_the_queue_of_an_emulator_and_leaves_everything_there() throws IOException, InterruptedException {
        try (DemoWeb web = DemoWeb.start();
                CliProcess up = up(web.port())) {
            assertThat(up.out().readLine())
                    .contains("\"sqsEndpoint\":\"" + emulator.url() + "\",\"dynamoDbEndpoint\":\"" + emulator.url());
            theirs.send(List.of("{\"batchId\":\"up\",\"urls\":[\"%s\"]}".formatted(web.url("/fast"))));
            await(up, () -> theirs.messagesLeft() == 0);

            try (CliProcess submit = CliProcess.start(
                    directory, web.url("/fast?submit") + "\n", "submit", "--endpoint", emulator.url(), "-")) {
                CliProcess.Result submitted = submit.await();
                assertThat(submitted.exitCode()).isZero();
                assertThat(submitted.err())
                        .contains("fetchline watch --endpoint " + emulator.url() + " " + submitted.out());
            }
            await(up, () -> theirs.messagesLeft() == 0);

            CliProcess.Ended ended = up.signal("TERM");
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err())
                    .startsWith("fetchline: queues and table are at " + emulator.url()
                            + "; used as they are there already: ")
                    .contains("fetchline-FetchQueue", "fetchline-FetchDeadLetterQueue", "fetchline-ResultsTable")
                    .contains("fetchline: stopping.\n");
            assertThat(ended.leftBehind()).isEmpty();
        }
        assertThat(theirs.records())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.get("status").s()).isEqualTo("OK"));
    }

    @Test
    void up_says_when_the_emulator_goes_and_when_it_is_back() throws IOException, InterruptedException {
        try (DemoWeb web = DemoWeb.start();
                CliProcess up = up(web.port())) {
            up.out().readLine();
            emulator.die();
            await(up, () -> said(up).contains(" does not answer: "));
            assertThat(said(up))
                    .containsPattern("fetchline: the queue http://\\S+/fetchline-FetchQueue does not answer");
            emulator.rise();
            await(up, () -> said(up).contains("fetchline: the queue answers again.\n"));

            theirs.send(List.of("{\"batchId\":\"back\",\"urls\":[\"%s\"]}".formatted(web.url("/fast"))));
            await(up, () -> theirs.messagesLeft() == 0);
            assertThat(theirs.records()).hasSize(1);
            CliProcess.Ended ended = up.signal("TERM");
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).containsOnlyOnce("does not answer").doesNotContain("unexpected");
        }
    }

    @Test
    void a_run_whose_emulator_goes_says_so_and_ends() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            web.setExecutor(requests);
            web.createContext("/", _ -> asked.countDown()); // and never an answer
            web.start();
            String port = Integer.toString(web.getAddress().getPort());
            try (CliProcess run = CliProcess.start(
                    directory,
                    "http://127.0.0.1:" + port + "/\n",
                    "run",
                    "--endpoint",
                    emulator.url(),
                    "--allow-network",
                    "127.0.0.0/8",
                    "--allow-port",
                    port)) {
                asked.await();
                emulator.die();
                CliProcess.Result ended = run.await();
                assertThat(ended.err())
                        .containsPattern("fetchline: the (queue|table) \\S+ does not answer: .*[^.]\\.\n")
                        .doesNotContain("unexpected", "report it");
                assertThat(ended.exitCode()).isEqualTo(2);
            }
            web.stop(0);
        }
    }

    @Test
    void a_table_of_other_keys_is_refused_with_what_to_do() throws IOException, InterruptedException {
        try (DynamoDbAsyncClient tables = DynamoDbAsyncClient.builder()
                .endpointOverride(theirs.dynamoDbEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            tables.deleteTable(request -> request.tableName(theirs.table())).join();
            tables.createTable(request -> request.tableName(theirs.table())
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .keySchema(KeySchemaElement.builder()
                                    .attributeName("id")
                                    .keyType(KeyType.HASH)
                                    .build())
                            .attributeDefinitions(AttributeDefinition.builder()
                                    .attributeName("id")
                                    .attributeType(ScalarAttributeType.S)
                                    .build()))
                    .join();
        }
        CliProcess.Result up = up(1024).await();
        assertThat(up.err())
                .isEqualTo("fetchline: The table fetchline-ResultsTable is there already and has the keys {id=HASH};"
                        + " expected {batchId=HASH, url=RANGE}: delete it, and it is made as the template says.\n");
        assertThat(up.exitCode()).isEqualTo(2);
    }

    private CliProcess up(int webPort) throws IOException {
        return CliProcess.start(
                directory,
                "",
                "up",
                "--json",
                "--endpoint",
                emulator.url(),
                "--allow-network",
                "127.0.0.0/8",
                "--allow-port",
                Integer.toString(webPort));
    }

    private static String said(CliProcess command) throws IOException {
        return Files.readString(command.err());
    }

    /// The build's own time limit ends a test in which it never comes about.
    private static void await(CliProcess command, Condition condition) throws IOException, InterruptedException {
        while (!condition.holds()) {
            assertThat(command.process().isAlive()).as(() -> saidOf(command)).isTrue();
            Thread.sleep(20);
        }
    }

    private static String saidOf(CliProcess command) {
        try {
            return said(command);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
