package dev.fetchline.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fetchline.local.cost.Design.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is reckoned, against what was reckoned by hand.
class CostTest {
    private static final Offset<Double> EXACT = within(1e-6);
    private static final Answers QUICK = new Answers(200, 0, 10_000);
    private static final Setting SETTING = new Setting(1_024, 100, 5, 5, 256, 6);

    /// Where everything costs a dollar, dollars are counts.
    private static Prices dollarEach() {
        Map<Prices.Item, Prices.Price> all = new EnumMap<>(Prices.Item.class);
        for (Prices.Item item : Prices.Item.values()) {
            all.put(item, new Prices.Price(1, "one", "2026", "", ""));
        }
        return new Prices("nowhere", "2026-01-01", all);
    }

    private static Load load(long urls, Answers answers, double cpuMicros, double deferredShare) {
        return new Load(urls, 10, 80, 100, answers, cpuMicros, 2.1, deferredShare);
    }

    @ParameterizedTest(name = "{0} MB, batch {1}, {2} µs, {3} ms, {4} hosts: {5} URLs, {8} ms")
    @CsvSource({
        // memory, batch, CPU µs, answer ms, hosts, URLs, CPU ms, wait ms, billed ms
        "1769,  100,  186,   200, 100,  1000,  186,    800,    860", // four waves of 256
        "1769,  100, 1500,   200, 100,  1000, 1500,    800,   1560", // the CPU is longer
        "3538,  100, 1000,   200, 100,  1000,  500,    800,    860", // two vCPUs
        "7076,  100, 5000,   200, 100,  1000, 2500,    800,   2560", // and never more
        "1769,  100,  100,   200,   1,  1000,  100,  33400,  33460", // one host: 167 waves of 6
        "1769,    1,  100, 200.4, 100,    10,    1,  200.4,    261", // rounded up
        "1769, 9999,    1,   200, 100, 67410, 67.41, 52800,  52860" // 6 MB hold 6,741 messages of 890 bytes
    })
    void an_invocation(
            int memory,
            int batch,
            double cpuMicros,
            double usualMs,
            int hosts,
            long urls,
            double cpuMs,
            double waitMs,
            long billedMs) {
        Load load = new Load(1_000_000, 10, 80, hosts, new Answers(usualMs, 0, 10_000), cpuMicros, 2.1, 0);
        Invocation invocation = Invocation.of(load, SETTING.withMemory(memory).withBatch(batch));
        assertThat(invocation.urls()).isEqualTo(urls);
        assertThat(invocation.cpuMs()).isCloseTo(cpuMs, EXACT);
        assertThat(invocation.waitMs()).isCloseTo(waitMs, EXACT);
        assertThat(invocation.billedMs()).isEqualTo(billedMs);
    }

    @Test
    void fewer_urls_than_a_batch_holds_are_one_invocation() {
        Load load = load(7, QUICK, 186, 0);
        Invocation invocation = Invocation.of(load, SETTING);
        assertThat(invocation.urls()).isEqualTo(7);
        assertThat(invocation.count(load)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // usual ms, slow %, slow ms, answers, at once, wait ms
        "200,  0, 10000, 100,  10,  2000",
        "200, 50,  1000,   1,  10,   600", // 200, and every other time 800 more
        "200, 10, 10000, 100,  10, 11800", // 100 of 1,180 ms in the mean on ten places: longer than the waves
        "200,  1, 10000, 100, 100,  6412.883", // 1 - 0.99^100 = 0.6339677: 200 and so much of 9,800
        "200, 10,   100,   1,  10,   200" // slow ones that are quicker hold up nobody
    })
    void waiting_for_answers(double usual, double percent, double slow, long answers, long atOnce, double waitMs) {
        assertThat(new Answers(usual, percent / 100, slow).waitMs(answers, atOnce))
                .isCloseTo(waitMs, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({
        // URLs, to a message, requests
        "1000, 10, 30", // 100 messages of 890 bytes: ten calls each to send, receive, delete
        "5, 10, 3",
        "100000, 1000, 270", // 100 messages of 83,060 bytes: ten calls of 13 chunks of 64 KB, twice, and ten deletes
        "1000000, 10000, 2610" // 100 messages of 830,060 bytes: a call takes one of them
    })
    void requests_for_messages(long urls, int urlsPerMessage, double requests) {
        Load load = new Load(urls, urlsPerMessage, 80, 100, QUICK, 186, 2.1, 0);
        assertThat(QueueRequests.ofMessages(load)).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({
        // URLs, deferred %, requests
        "1000, 0, 0",
        "1000, 1, 6", // 1,010 URLs are two invocations; a deferral is sent, received and deleted
        "10000, 0.05, 16.5", // 11 invocations with half a deferral each
        "1000, 100, 20" // 2 invocations, 2 deferrals of 115 KB: two chunks to send, two to receive, one delete
    })
    void requests_for_deferrals(long urls, double percent, double requests) {
        Load load = load(urls, QUICK, 186, percent / 100);
        assertThat(QueueRequests.ofDeferrals(load, Invocation.of(load, SETTING)))
                .isCloseTo(requests, EXACT);
    }

    @Test
    void batches() {
        Design design = new Designs(dollarEach(), load(1_000_000, QUICK, 186, 0), SETTING).batch();
        assertBill(
                design,
                Map.of(
                        Part.LAMBDA_REQUESTS, 1_000.0,
                        Part.LAMBDA_TIME, 860.0, // 1,000 invocations of 860 ms and 1 GB
                        Part.QUEUE, 30_000.0,
                        Part.LOGS, 0.0025, // 2,500 bytes each
                        Part.TABLE, 3_000_000.0)); // 2.1 KB are 3 units
        assertThat(design.wallSeconds()).isCloseTo(172, EXACT); // 200 rounds of five environments
        assertThat(design.toOneHost()).isEqualTo(30);
        assertThat(design.totalWithoutTable()).isCloseTo(31_860.0025, EXACT);
        assertThat(design.total()).isCloseTo(3_031_860.0025, EXACT);
    }

    @Test
    void batches_of_which_some_come_back() {
        Design design = new Designs(dollarEach(), load(1_000_000, QUICK, 186, 0.01), SETTING).batch();
        assertThat(design.usd(Part.LAMBDA_REQUESTS)).isEqualTo(1_010);
        assertThat(design.usd(Part.QUEUE)).isEqualTo(30_000 + 1_010 * 3);
        assertThat(design.usd(Part.TABLE)).isEqualTo(3_010_000);
    }

    @Test
    void one_url_an_invocation() {
        Design design = new Designs(dollarEach(), load(1_000_000, QUICK, 186, 0), SETTING).single();
        assertBill(
                design,
                Map.of(
                        Part.LAMBDA_REQUESTS, 1_000_000.0,
                        Part.LAMBDA_TIME, 106_000.0, // 212 ms: 200, 375 µs of CPU at 512/1769 of a vCPU, and 10; 0.5 GB
                        Part.QUEUE, 300_000.0,
                        Part.LOGS, 0.4,
                        Part.TABLE, 3_000_000.0));
        assertThat(design.wallSeconds()).isCloseTo(212, EXACT); // a thousand at once
        assertThat(design.toOneHost()).isEqualTo(1_000);
    }

    @Test
    void a_worker_always_on() {
        Design design = new Designs(dollarEach(), load(1_000_000, QUICK, 186, 0), SETTING).worker();
        assertBill(
                design,
                Map.of(
                        Part.WORKER, 1_277.5, // 730 hours of a quarter of a vCPU, half a GB and an address
                        Part.QUEUE, 30_000.0,
                        Part.TABLE, 3_000_000.0));
        assertThat(design.wallSeconds()).isCloseTo(781.25, EXACT); // 256 at once, 200 ms each: 1,280 a second
        assertThat(design.toOneHost()).isEqualTo(6);
    }

    @Test
    void workers_are_as_many_as_it_takes() {
        // A quarter of a vCPU does 25 URLs of 10 ms a second, 65.7 million in 730 hours.
        Design design = new Designs(dollarEach(), load(66_000_000, QUICK, 10_000, 0), SETTING).worker();
        assertThat(design.usd(Part.WORKER)).isCloseTo(2 * 1_277.5, EXACT);
        assertThat(design.wallSeconds()).isCloseTo(1_320_000, EXACT);
    }

    @Test
    void memory_is_for_cpu() {
        assertThat(recommended(sizing(QUICK, 10).memories())).containsExactly(768);
        // CPU alone: any memory costs the same, the largest is the quickest.
        assertThat(recommended(sizing(QUICK, 50_000).memories())).containsExactly(3_008);
    }

    @Test
    void slow_answers_are_shared_by_large_batches() {
        Answers stragglers = new Answers(200, 0.01, 10_000);
        Sizing sizing = new Sizing(cheapRecords(), load(1_000_000, stragglers, 186, 0), SETTING);
        assertThat(recommended(sizing.batches())).containsExactly(1_000);
        assertThat(recommended(new Sizing(cheapRecords(), load(1_000_000, QUICK, 186, 0), SETTING).batches()))
                .containsExactly(200);
    }

    @Test
    void no_batch_is_recommended_that_does_not_fit_the_time() {
        assertThat(recommended(sizing(new Answers(60_000, 0, 60_000), 186).batches()))
                .isEmpty();
    }

    @Test
    void a_window_gathers_what_trickles_in() {
        List<Sizing.Row> rows = sizing(QUICK, 186).windows();
        assertThat(rows).extracting(Sizing.Row::value).containsExactly(1, 2, 5, 10);
        assertThat(rows).extracting(row -> row.invocation().urls()).containsExactly(20L, 30L, 60L, 110L);
        assertThat(recommended(rows)).hasSize(1);
    }

    @Test
    void environments_are_for_a_slow_web() {
        // 1,000 invocations of 8,060 ms: 4,030 s for two of them, 1,612 s for five.
        assertThat(recommended(sizing(QUICK, 186).concurrencies())).containsExactly(5);
        assertThat(recommended(sizing(new Answers(60_000, 0, 60_000), 186).concurrencies()))
                .isEmpty();
    }

    private static Sizing sizing(Answers answers, double cpuMicros) {
        return new Sizing(dollarEach(), load(1_000_000, answers, cpuMicros, 0), SETTING);
    }

    /// So that what Lambda costs decides.
    private static Prices cheapRecords() {
        Map<Prices.Item, Prices.Price> all = new EnumMap<>(dollarEach().all());
        for (Prices.Item cheap : List.of(Prices.Item.WRITE_UNIT, Prices.Item.SQS_REQUEST, Prices.Item.LAMBDA_REQUEST)) {
            all.put(cheap, new Prices.Price(1e-9, "one", "2026", "", ""));
        }
        return new Prices("nowhere", "2026-01-01", all);
    }

    private static List<Integer> recommended(List<Sizing.Row> rows) {
        return rows.stream()
                .filter(Sizing.Row::recommended)
                .map(Sizing.Row::value)
                .toList();
    }

    private static void assertBill(Design design, Map<Part, Double> expected) {
        for (Part part : Part.values()) {
            assertThat(design.usd(part)).as(part.label()).isCloseTo(expected.getOrDefault(part, 0.0), EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, -", "0.00021, 0.0002", "0.2, 0.2000", "1, 1.00", "1234.5, '1,234.50'"})
    void dollars(double amount, String text) {
        assertThat(Figures.usd(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0.4 s", "44, 44 s", "172, 3 min", "7199, 120 min", "7200, 2 h", "172800, 2 days"})
    void times(double seconds, String text) {
        assertThat(Figures.time(seconds)).isEqualTo(text);
    }
}
