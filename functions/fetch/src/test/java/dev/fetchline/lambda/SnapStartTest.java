package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.lambda.priming.Priming;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.pipeline.Surroundings;
import dev.fetchline.testing.TestAws;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The hooks of SnapStart in one process, over a table and queues that count what reaches them.
final class SnapStartTest {
    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger started = new AtomicInteger();
    private final InvocationLog log = new InvocationLog(lines::add, time, false);

    @AfterEach
    void stop() {
        aws.close();
    }

    private FetchPipeline start() {
        started.incrementAndGet();
        FetchSettings settings = FetchSettings.fromEnvironment(Map.of(
                "RESULTS_TABLE",
                "results",
                "SOURCE_QUEUE_URL",
                aws.queueUrl("fetch"),
                "DEAD_LETTER_QUEUE_URL",
                aws.queueUrl("dead")));
        return Assembly.assemble(
                settings,
                Surroundings.real(
                        settings, InetAddress::getAllByName, aws::dynamoDb, aws::sqs, time, () -> 0.5, 400_000_000));
    }

    private static String response(FetchHandler handler) throws IOException {
        return TestEvents.response(
                handler, new TestContext(30_000), TestEvents.of("m-1", "{\"urls\":[\"http://127.0.0.1/\"]}"));
    }

    @Test
    void priming_leaves_no_trace_and_the_first_event_after_the_restore_works() throws IOException {
        SnapStart hooks = new SnapStart(this::start, SnapStart.priming(time), log);
        FetchHandler handler = new FetchHandler(hooks, log, time);

        hooks.beforeCheckpoint(null);
        assertThat(aws.calls()).as("calls to table and queues").isEmpty();
        assertThat(started).as("pipelines of the function's own").hasValue(0);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"event\":\"primed\"")
                .doesNotContain("_aws");

        hooks.afterRestore(null);
        assertThat(started).hasValue(1);
        assertThat(response(handler)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(aws.calls()).containsExactly("BatchWriteItem");
        assertThat(aws.itemCount()).isEqualTo(1);
        assertThat(lines).hasSize(2).last().asString().contains("_aws").contains("\"Urls\":1");
    }

    @Test
    void priming_that_fails_is_said_and_stops_nothing() {
        Priming broken = new Priming(
                (_, _) -> {
                    throw new IllegalStateException("as told");
                },
                time);
        SnapStart hooks = new SnapStart(this::start, broken, log);
        hooks.beforeCheckpoint(null);
        assertThat(lines).singleElement().asString().contains("\"event\":\"not primed\"", "as told");
        hooks.afterRestore(null);
        assertThat(started).hasValue(1);
    }

    @Test
    void a_restore_that_fails_is_said_and_passed_on() {
        SnapStart hooks = new SnapStart(
                () -> {
                    throw new IllegalArgumentException("found x, expected y");
                },
                SnapStart.priming(time),
                log);
        assertThatThrownBy(() -> hooks.afterRestore(null)).hasMessage("found x, expected y");
        assertThat(lines).singleElement().asString().contains("\"event\":\"not restored\"", "found x, expected y");
    }

    /// Without Lambda's wiring of org.crac the hooks are never called.
    @Test
    void a_function_whose_hooks_were_never_called_starts_with_its_first_event() throws IOException {
        FetchHandler handler = new FetchHandler(new SnapStart(this::start, SnapStart.priming(time), log), log, time);
        response(handler);
        response(handler);
        assertThat(started).hasValue(1);
        assertThat(aws.itemCount()).isEqualTo(1);
    }
}
