package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.progress.BatchPart;
import dev.fetchline.progress.KeySum;
import dev.fetchline.testing.TestWeb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Rows of progress beside the records of the same work: the packaged function, over queue and tables.
@Timeout(300)
final class ProgressIT {
    private static final String FAMILY = "family";

    @TempDir
    Path directory;

    private LocalStack stack() {
        return LocalStack.start(new LocalStackSettings(
                        Path.of("..", "template.yaml"),
                        LocalStackSettings.artifactOfThisMachine(
                                Path.of("..", "functions", "fetch", "target", "lambda")),
                        Map.of("BatchSize", "5"),
                        Map.of(
                                "FETCH_ALLOW_NETWORKS",
                                "127.0.0.1",
                                "FETCH_ALLOW_PORTS",
                                "1-65535",
                                // Every second try is another invocation's.
                                "FETCH_WAIT_INSIDE_MAX_MS",
                                "0"),
                        directory.resolve("logs"),
                        false)
                .withDrill(new Drill(null, null, null, Duration.ofSeconds(1), 1, Disturbance.NONE, null)));
    }

    private static String body(String batchId, List<String> urls) {
        return urls.stream()
                .collect(Collectors.joining("\",\"", "{\"batchId\":\"" + batchId + "\",\"urls\":[\"", "\"]}"));
    }

    /// As the queue would deliver it.
    private static String event(String body, int receives) {
        return """
                {"Records":[{"messageId":"again","receiptHandle":"r","body":"%s","attributes":\
                {"ApproximateReceiveCount":"%d","SentTimestamp":"1767225600000"},"messageAttributes":{}}]}""".formatted(body.replace("\"", "\\\""), receives);
    }

    private static List<String> pages(TestWeb web, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> web.url("/" + i)).toList();
    }

    /// Of 300 pages some are missing, some busy at first, so that they are deferred, one host is slow.
    private static void serve(TestWeb web) {
        for (int i = 0; i < 300; i++) {
            if (i % 20 == 7) {
                AtomicInteger asked = new AtomicInteger();
                web.page(
                        "/" + i,
                        (_, out) -> out.write(
                                asked.getAndIncrement() == 0
                                        ? TestWeb.response(503, new byte[0], "Retry-After: 1")
                                        : TestWeb.response(200, new byte[10])));
            } else {
                web.respond("/" + i, i % 10 == 3 ? 404 : 200, new byte[10]);
            }
        }
    }

    @Test
    void the_rows_of_a_family_add_up_to_its_records() {
        try (TestWeb web = TestWeb.start("127.0.0.1");
                LocalStack stack = stack()) {
            serve(web);
            List<String> bodies = new ArrayList<>();
            for (int at = 0; at < 250; at += 25) {
                bodies.add(body(FAMILY + (at % 50 == 0 ? "/00" : "/01"), pages(web, at, at + 25)));
            }
            List<String> odd = List.of(web.url("/250"), web.url("/250") + "#same", "no url", "ftp://example.com/");
            bodies.add(body(FAMILY + "/01", odd));
            bodies.add(body("another", pages(web, 251, 270)));
            bodies.add(web.url("/270"));
            stack.startEventSourceMapping();
            stack.send(bodies);
            String again = body(FAMILY + "/00", pages(web, 271, 300));
            String nothingFailed = "{\"batchItemFailures\":[]}";
            assertThat(stack.invoke(event(again, 1)).payload()).isEqualTo(nothingFailed);
            assertThat(stack.invoke(event(again, 2)).payload()).isEqualTo(nothingFailed);
            Until.holds("the queue is empty", () -> stack.messagesLeft() == 0);

            List<Map<String, AttributeValue>> rows = stack.batchesRows();
            assertThat(sumsOfRows(rows))
                    .isEqualTo(sumsOfRecords(stack.records()))
                    .hasSize(3);
            assertThat(countsOfRows(rows)).isEqualTo(countsOfRecords(stack.records()));
            assertThat(countsOfRows(rows).get(FAMILY)).containsOnlyKeys("OK", "HTTP_ERROR", "INVALID", "REFUSED");
            assertThat(rows.stream().mapToLong(row -> number(row, "deferred")).sum())
                    .isPositive();
            assertThat(rows.stream().mapToLong(row -> number(row, "retries")).sum())
                    .isEqualTo(15);
            assertThat(rows).allSatisfy(ProgressIT::isARow);
            assertThat(stack.deadLetters()).isZero();
            assertThat(Probe.log(stack)).noneMatch(line -> line.contains("progressNotWritten"));
        }
    }

    private static void isARow(Map<String, AttributeValue> row) {
        assertThat(row.get("batchId").s()).isIn(FAMILY, "another");
        assertThat(row.get("entry").s()).matches("at#[0-9]{13}#[0-9a-f-]{36}");
        assertThat(number(row, "expiresAt")).isPositive();
        assertThat(row.get("hosts").m().keySet()).isSubsetOf("127.0.0.1");
    }

    private static Map<String, KeySum> sumsOfRows(List<Map<String, AttributeValue>> rows) {
        Map<String, KeySum> sums = new TreeMap<>();
        for (Map<String, AttributeValue> row : rows) {
            row.get("finals")
                    .m()
                    .forEach((part, sum) -> sums.merge(
                            new BatchPart(row.get("batchId").s(), part).batchId(),
                            KeySum.parse(sum.s()),
                            KeySum::plus));
        }
        return sums;
    }

    /// Of the batches that have a name of their own.
    private static Map<String, KeySum> sumsOfRecords(List<Map<String, AttributeValue>> records) {
        Map<String, KeySum> sums = new TreeMap<>();
        for (Map<String, AttributeValue> record : named(records)) {
            sums.merge(record.get("batchId").s(), KeySum.of(record.get("url").s()), KeySum::plus);
        }
        return sums;
    }

    private static Map<String, Map<String, Long>> countsOfRows(List<Map<String, AttributeValue>> rows) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Map<String, AttributeValue> row : rows) {
            Map<String, Long> its = counts.computeIfAbsent(row.get("batchId").s(), _ -> new TreeMap<>());
            row.get("counts").m().forEach((status, count) -> its.merge(status, Long.parseLong(count.n()), Long::sum));
        }
        return counts;
    }

    private static Map<String, Map<String, Long>> countsOfRecords(List<Map<String, AttributeValue>> records) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Map<String, AttributeValue> record : named(records)) {
            counts.computeIfAbsent(BatchPart.of(record.get("batchId").s()).family(), _ -> new TreeMap<>())
                    .merge(record.get("status").s(), 1L, Long::sum);
        }
        return counts;
    }

    private static List<Map<String, AttributeValue>> named(List<Map<String, AttributeValue>> records) {
        return records.stream()
                .filter(record -> !record.get("batchId").equals(record.get("messageId")))
                .toList();
    }

    private static long number(Map<String, AttributeValue> row, String name) {
        return Long.parseLong(row.get(name).n());
    }
}
