package dev.fetchline.lambda.priming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.pipeline.Surroundings;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.record.RecordStatus;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/// What priming walks through, and what is left of it.
final class PrimingTest {
    private static final Duration PLENTY = Duration.ofMinutes(1);

    private final WatchedTime time = new WatchedTime();
    private final List<BatchVerdict> verdicts = new ArrayList<>();
    private final List<FetchSettings> settings = new ArrayList<>();
    private final List<Surroundings> surroundings = new ArrayList<>();

    /// Time that knows how many of its timers have neither fired nor been cancelled.
    private static final class WatchedTime implements Time {
        private final Time real = new SystemTime();
        private final AtomicInteger waiting = new AtomicInteger();

        @Override
        public Instant now() {
            return real.now();
        }

        @Override
        public long nanoTime() {
            return real.nanoTime();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            waiting.incrementAndGet();
            AtomicInteger once = new AtomicInteger(1);
            Timer timer = real.after(delay, () -> {
                waiting.addAndGet(-once.getAndSet(0));
                task.run();
            });
            return () -> {
                waiting.addAndGet(-once.getAndSet(0));
                timer.cancel();
            };
        }
    }

    private int prime(int rounds) throws Exception {
        return new Priming(
                        (its, around) -> {
                            settings.add(its);
                            surroundings.add(around);
                            var pipeline = Assembly.assemble(its, around);
                            return (event, _, context) -> verdicts.add(pipeline.process(
                                            messages(event),
                                            Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()), time))
                                    .join());
                        },
                        time)
                .run(PLENTY, rounds);
    }

    private static List<QueueMessage> messages(InputStream event) {
        return JsonNodeParser.create().parse(event).field("Records").orElseThrow().asArray().stream()
                .map(PrimingTest::message)
                .toList();
    }

    private static QueueMessage message(JsonNode record) {
        JsonNode attributes = record.field("attributes").orElseThrow();
        return new QueueMessage(
                text(record, "messageId"),
                text(record, "receiptHandle"),
                text(record, "body"),
                Long.parseLong(text(attributes, "SentTimestamp")),
                Integer.parseInt(text(attributes, "ApproximateReceiveCount")),
                null,
                Map.of());
    }

    private static String text(JsonNode node, String field) {
        return node.field(field).orElseThrow().text();
    }

    @Test
    void the_first_round_ends_in_every_way_that_an_item_can_end() throws Exception {
        prime(1);
        BatchVerdict verdict = verdicts.getFirst();
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.quarantined()).hasSize(1).allMatch(BatchVerdict.QuarantineResult::accepted);
        Map<RecordStatus, Long> recorded = verdict.settled().stream()
                .map(Settled::ending)
                .flatMap(ending -> ending instanceof Ending.Recorded its ? Stream.of(its) : Stream.empty())
                .collect(Collectors.groupingBy(Ending.Recorded::status, Collectors.counting()));
        assertThat(recorded)
                .containsOnlyKeys(
                        RecordStatus.OK,
                        RecordStatus.HTTP_ERROR,
                        RecordStatus.FAILED,
                        RecordStatus.REFUSED,
                        RecordStatus.INVALID);
        assertThat(recorded.get(RecordStatus.OK)).as("all pages").isGreaterThan(200);
        assertThat(verdict.settled()).anyMatch(one -> one.ending() instanceof Ending.Deferred);
        assertThat(verdict.settled()).noneMatch(one -> one.ending() instanceof Ending.Unfinished);
    }

    @Test
    void later_rounds_have_nothing_but_pages() throws Exception {
        assertThat(prime(5)).isGreaterThan(1_000);
        assertThat(verdicts).hasSize(5);
        assertThat(verdicts.getLast().settled().stream()
                        .filter(one ->
                                !(one.ending() instanceof Ending.Recorded its && its.status() == RecordStatus.OK)))
                .isEmpty();
    }

    @Test
    void every_round_tells_its_progress_to_a_table_of_its_own() throws Exception {
        prime(2);
        assertThat(settings.getFirst().batchesTable()).isEqualTo("priming-batches");
        assertThat(verdicts).extracting(verdict -> verdict.progress().rows()).containsExactly(1, 1);
    }

    @Test
    void it_ends_in_time() throws Exception {
        var _ = new Priming((_, _) -> (_, _, _) -> verdicts.add(null), time).run(Duration.ZERO);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void nothing_of_it_is_left() throws Exception {
        prime(2);
        Surroundings around = surroundings.getFirst();
        assertThat(around.web().isTerminated()).as("its HTTP client has ended").isTrue();
        assertThat(settings.getFirst().extraCaFile()).doesNotExist();
        assertThat(time.waiting).as("timers").hasValue(0);
        int aws = URI.create(settings.getFirst().sourceQueueUrl()).getPort();
        Stream.concat(
                        Stream.of(aws),
                        Stream.of(settings.getFirst().allowPorts().toString().split(","))
                                .map(port -> Integer.valueOf(port.strip())))
                .forEach(port -> assertThatExceptionOfType(ConnectException.class)
                        .as("server on port " + port)
                        .isThrownBy(() -> connect(port)));
    }

    private static void connect(int port) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        }
    }
}
