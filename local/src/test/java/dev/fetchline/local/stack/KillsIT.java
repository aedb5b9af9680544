package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.chaos.Fate;
import dev.fetchline.local.table.TableFaults;
import dev.fetchline.testing.TestWeb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The packaged function under the real runtime client, killed, stopped and cheated at every point of its
/// way. Each time the run ends with every URL in one final record, and with nothing on either queue.
@Timeout(300)
class KillsIT {
    private static final Script SCRIPT = new Script();
    private static TestWeb web;
    private static LocalStack stack;

    @BeforeAll
    static void start() {
        web = TestWeb.start();
        stack = stack("all", SCRIPT, 1, Map.of());
    }

    /// A stack whose function may fetch from the test's web.
    static LocalStack stack(String name, Script script, int invocationsPerEnvironment, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("MaximumConcurrency", "4");
        LocalStack started = LocalStack.start(new LocalStackSettings(
                Path.of("..", "template.yaml"),
                LocalStackSettings.artifactOfThisMachine(Path.of("..", "functions", "fetch", "target", "lambda")),
                all,
                Map.of(
                        "FETCH_ALLOW_NETWORKS",
                        "127.0.0.0/8",
                        "FETCH_ALLOW_PORTS",
                        Integer.toString(web.port()),
                        "FETCH_IN_FLIGHT_PER_HOST_MAX",
                        "100",
                        // Every wait becomes a deferral, and lasts no longer than a message takes.
                        "FETCH_WAIT_INSIDE_MAX_MS",
                        "0",
                        "FETCH_RETRY_WAIT_MAX_MS",
                        "1"),
                Path.of("target", "kills", name),
                false,
                // As in the template, a message comes again only when its first invocation must be over: two at once
                // are
                // a test of their own.
                new Drill(
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(9),
                        // On a busy machine a start may outlast that time, and more than once.
                        50,
                        Duration.ZERO,
                        invocationsPerEnvironment,
                        script,
                        invocationsPerEnvironment == 1 ? null : new TableFaults(0))));
        started.startEventSourceMapping();
        return started;
    }

    @AfterEach
    void letEverythingPass() {
        SCRIPT.clear();
    }

    @AfterAll
    static void stop() {
        stack.close();
        SCRIPT.close();
        web.close();
    }

    @Test
    void killed_before_any_write() {
        SCRIPT.before(SCRIPT.killsOnce(call -> call.name().equals("BatchWriteItem")));
        int started = SCRIPT.environmentsStarted();
        List<String> urls = pages("before-any-write", 5);
        run("before-any-write", urls);
        assertThat(SCRIPT.environmentsStarted()).isGreaterThan(started);
        assertThat(SCRIPT.calls("BatchGetItem"))
                .as("asked what was done before")
                .isPositive();
        assertThat(urls).anySatisfy(url -> assertThat(requests(url)).isEqualTo(2));
    }

    @Test
    void killed_between_two_writes() {
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch killed = new CountDownLatch(1);
        // The first write gets to the table; the others wait for the kill that follows it.
        SCRIPT.before(call ->
                call.name().equals("BatchWriteItem") && writes.getAndIncrement() > 0 ? resetAfter(killed) : Fate.PASS);
        List<String> urls = pages("between-writes", 60);
        SCRIPT.after(call -> {
            if (!call.name().equals("BatchWriteItem") || killed.getCount() == 0) {
                return Fate.PASS;
            }
            Until.holds("all are fetched", () -> urls.stream().allMatch(url -> requests(url) == 1));
            Fate fate = SCRIPT.kill(call);
            killed.countDown();
            // What it had sent may be on its way still.
            SCRIPT.before(later -> later.environment() == call.environment() ? Fate.RESET : Fate.PASS);
            return fate;
        });
        run("between-writes", urls);
        assertThat(urls.stream().filter(url -> requests(url) == 1))
                .as("written before the kill, and not fetched again")
                .hasSizeBetween(1, 25);
        assertThat(urls.stream().filter(url -> requests(url) == 2)).hasSizeBetween(35, 59);
    }

    @Test
    void killed_after_all_writes() {
        SCRIPT.after(SCRIPT.killsOnce(call -> call.name().equals("BatchWriteItem")));
        List<String> urls = pages("after-all-writes", 5);
        run("after-all-writes", urls);
        assertThat(urls)
                .as("done is done")
                .allSatisfy(url -> assertThat(requests(url)).isEqualTo(1));
    }

    @Test
    void killed_after_all_writes_and_before_the_deferral() {
        SCRIPT.before(SCRIPT.killsOnce(call -> call.name().equals("SendMessageBatch")));
        List<String> urls = pages("before-deferral", 3);
        String busy = busyPage("/before-deferral/busy", 1);
        run("before-deferral", with(urls, busy));
        assertThat(SCRIPT.calls("SendMessageBatch")).isEqualTo(1);
        assertThat(urls).allSatisfy(url -> assertThat(requests(url)).isEqualTo(1));
        assertThat(requests(busy)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void killed_after_the_deferral_was_accepted_and_before_the_answer() {
        SCRIPT.after(SCRIPT.killsOnce(call -> call.name().equals("SendMessageBatch")));
        List<String> urls = pages("after-deferral", 3);
        String busy = busyPage("/after-deferral/busy", 1);
        run("after-deferral", with(urls, busy));
        assertThat(SCRIPT.calls("SendMessageBatch")).isEqualTo(1);
        assertThat(urls).allSatisfy(url -> assertThat(requests(url)).isEqualTo(1));
        assertThat(requests(busy))
                .as("by the deferral, and not by the message again")
                .isEqualTo(2);
    }

    @Test
    void told_to_wait_a_hundred_times() {
        String busy = busyPage("/busy", 100);
        run("busy", List.of(busy));
        assertThat(requests(busy)).isEqualTo(101);
        assertThat(SCRIPT.calls("SendMessageBatch")).isEqualTo(100);
    }

    @Test
    void the_socket_of_a_fetch_that_the_deadline_cuts_is_closed() {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean before = new AtomicBoolean();
        web.page("/endless", (_, out) -> {
            if (before.getAndSet(true)) {
                out.write(TestWeb.response(200, new byte[] {'x'}));
            } else {
                out.write("HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                TestWeb.waitForHangUp(out, closed);
            }
        });
        run("cut", List.of(web.url("/endless")));
        assertThat(closed.getCount())
                .as("the server saw the end of the connection")
                .isZero();
        assertThat(SCRIPT.calls("SendMessageBatch"))
                .as("and the function went on")
                .isEqualTo(1);
        assertThat(requests(web.url("/endless"))).isEqualTo(2);
    }

    @Test
    void the_answer_is_lost() {
        AtomicInteger answers = new AtomicInteger();
        SCRIPT.losesAnswer(() -> answers.getAndIncrement() == 0);
        List<String> urls = pages("answer-lost", 5);
        run("answer-lost", urls);
        assertThat(answers).hasValue(2);
        assertThat(urls).allSatisfy(url -> assertThat(requests(url)).isEqualTo(1));
    }

    @Test
    void timed_out_with_a_slow_server() {
        AtomicBoolean stopped = new AtomicBoolean();
        List<String> urls = paths("timed-out", 3).stream()
                .map(path -> {
                    web.page(path, (_, out) -> {
                        // A function that gets no processor cannot keep its deadline.
                        if (!stopped.getAndSet(true)) {
                            SCRIPT.lastInvoked().freeze();
                        }
                        out.write(TestWeb.response(200, new byte[] {'x'}));
                    });
                    return web.url(path);
                })
                .toList();
        run("timed-out", urls);
        Until.holds(
                "the stopped one has timed out",
                () -> Probe.log(stack).stream().anyMatch(line -> line.contains("Task timed out after 7 seconds")));
        awaitRecords(stack, "timed-out", urls);
    }

    @Test
    void frozen_between_invocations_with_connections_gone_stale() {
        SCRIPT.freezes(() -> true);
        run("frozen", pages("frozen-1", 20));
        int started = SCRIPT.environmentsStarted();
        for (int round = 2; round < 5; round++) {
            web.hangUp();
            SCRIPT.hangUp();
            run("frozen-" + round, pages("frozen-" + round, 20));
        }
        assertThat(SCRIPT.environmentsStarted()).as("the frozen one went on").isEqualTo(started);
        SCRIPT.freezes(() -> false);
    }

    @Test
    void two_copies_of_a_message_at_once() {
        AtomicInteger handedOut = new AtomicInteger();
        SCRIPT.handsOutTwice(() -> handedOut.getAndIncrement() == 0);
        List<String> urls = pages("twice", 30);
        stack.send(List.of(body("twice", urls)));
        Until.holds("both have fetched", () -> urls.stream().allMatch(url -> requests(url) == 2));
        // Returns when both have answered.
        stack.stopEventSourceMapping();
        stack.startEventSourceMapping();
        awaitRecords(stack, "twice", urls);
        assertThat(urls).allSatisfy(url -> assertThat(requests(url)).isEqualTo(2));
    }

    @Test
    void four_invocations_at_once_in_one_environment() {
        try (Script script = new Script();
                LocalStack shared = stack("shared", script, 4, Map.of("BatchSize", "1"))) {
            run(shared, "warm", pages("warm", 1));
            List<String> meeting = meetingPages("meeting", 4);
            shared.send(
                    meeting.stream().map(url -> body("meeting", List.of(url))).toList());
            awaitRecords(shared, "meeting", meeting);
            assertThat(script.environmentsStarted()).isEqualTo(1);

            // The death of an environment is that of all its invocations.
            List<String> doomed = meetingPages("doomed", 4);
            CountDownLatch writes = new CountDownLatch(4);
            script.before(call -> {
                if (!call.name().equals("BatchWriteItem") || writes.getCount() == 0) {
                    return Fate.PASS;
                }
                writes.countDown();
                return writes.getCount() == 0 ? script.kill(call) : resetAfter(writes);
            });
            shared.send(doomed.stream().map(url -> body("doomed", List.of(url))).toList());
            awaitRecords(shared, "doomed", doomed);
            assertThat(doomed).allSatisfy(url -> assertThat(requests(url)).isGreaterThanOrEqualTo(2));
        }
    }

    /// Pages that answer when so many requests for them are under way at once, and from then on.
    private static List<String> meetingPages(String name, int count) {
        CountDownLatch all = new CountDownLatch(count);
        return paths(name, count).stream()
                .map(path -> {
                    web.page(path, (_, out) -> {
                        all.countDown();
                        all.await();
                        out.write(TestWeb.response(200, new byte[] {'x'}));
                    });
                    return web.url(path);
                })
                .toList();
    }

    private static Fate resetAfter(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Fate.RESET;
    }

    private static List<String> paths(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "/" + name + "/" + number)
                .toList();
    }

    /// URLs that answer at once.
    private static List<String> pages(String name, int count) {
        return paths(name, count).stream()
                .map(path -> {
                    web.respond(path, 200, path);
                    return web.url(path);
                })
                .toList();
    }

    /// A page that tells so many times to come again in an hour, and then answers.
    private static String busyPage(String path, int times) {
        AtomicInteger told = new AtomicInteger();
        web.page(
                path,
                (_, out) -> out.write(
                        told.getAndIncrement() < times
                                ? TestWeb.response(503, new byte[0], "Retry-After: 3600")
                                : TestWeb.response(200, new byte[] {'x'})));
        return web.url(path);
    }

    private static List<String> with(List<String> urls, String more) {
        List<String> all = new ArrayList<>(urls);
        all.add(more);
        return all;
    }

    private static long requests(String url) {
        return web.requests(url.substring(web.url("").length()));
    }

    private static String body(String batchId, List<String> urls) {
        return "{\"batchId\":\"%s\",\"urls\":[\"%s\"]}".formatted(batchId, String.join("\",\"", urls));
    }

    private static void run(String batchId, List<String> urls) {
        run(stack, batchId, urls);
    }

    private static void run(LocalStack on, String batchId, List<String> urls) {
        on.send(List.of(body(batchId, urls)));
        awaitRecords(on, batchId, urls);
    }

    private static void awaitRecords(LocalStack on, String batchId, List<String> urls) {
        Until.holds("the queue is empty", () -> on.messagesLeft() == 0);
        assertThat(on.deadLetters()).isZero();
        List<Map<String, AttributeValue>> records = on.records().stream()
                .filter(item -> item.get("batchId").s().equals(batchId))
                .toList();
        assertThat(records).extracting(item -> item.get("url").s()).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(records)
                .allSatisfy(item -> assertThat(item.get("status").s()).isEqualTo("OK"));
    }
}
