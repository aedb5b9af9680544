package dev.fetchline.local.cost;

import dev.fetchline.local.cost.Design.Part;
import dev.fetchline.local.cost.Prices.Item;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What to set: the figures of each size that may be set, and which one to take.
record Sizing(Prices prices, Load load, Setting setting) {
    private static final int[] MEMORY_MB = {768, 1_024, 1_280, 1_536, 1_769, 2_048, 3_008};
    private static final int[] BATCHES = {1, 10, 25, 50, 100, 200, 500, 1_000};
    private static final int[] WINDOWS = {1, 2, 5, 10};
    private static final int[] CONCURRENCIES = {2, 5, 10, 20, 50, 120};

    /// A size is as cheap as the cheapest where the whole bill, records included, is no more than this many times its.
    private static final double AS_CHEAP = 1.05;

    /// A batch leaves half of the 112 seconds of fetching to what is slower than the mean.
    private static final long BATCH_MS_MAX = 56_000;

    /// Messages a second of the trickle that the window is for.
    private static final double TRICKLE = 1;

    private static final double SECONDS_A_MONTH = 730 * 3_600;

    /// A web that answers so many times more slowly than in the mean.
    static final double SLOW_WEB = 10;

    private static final double SOON_SECONDS = 3_600;

    /// One size.
    ///
    /// @param value of the parameter
    /// @param invocation with it
    /// @param usd a month, of Lambda and its log
    /// @param otherUsd a month, of queue and records
    /// @param wallSeconds until all URLs are fetched
    /// @param recommended whether it is the one to take
    record Row(int value, Invocation invocation, double usd, double otherUsd, double wallSeconds, boolean recommended) {
        private double whole() {
            return usd + otherUsd;
        }

        private Row recommendedIf(int wanted) {
            return new Row(value, invocation, usd, otherUsd, wallSeconds, value == wanted);
        }
    }

    /// The memory with which all is fetched soonest, of those that are as cheap as the cheapest; of equals the
    /// smallest.
    List<Row> memories() {
        List<Row> rows = rows(MEMORY_MB, megabytes -> setting.withMemory(megabytes));
        return marked(
                rows,
                asCheap(rows).min(Comparator.comparingDouble(Row::wallSeconds).thenComparingInt(Row::value)));
    }

    /// The smallest batch that is as cheap as the cheapest: with it the least has to be done again after a crash.
    List<Row> batches() {
        List<Row> rows = rows(BATCHES, messages -> setting.withBatch(messages));
        List<Row> fitting = rows.stream()
                .filter(row -> row.invocation().billedMs() <= BATCH_MS_MAX)
                .toList();
        return marked(rows, asCheap(fitting).min(Comparator.comparingInt(Row::value)));
    }

    /// The shortest window that is as cheap as the cheapest, where a message comes each second, all month.
    List<Row> windows() {
        List<Row> rows = IntStream.of(WINDOWS).mapToObj(this::windowRow).toList();
        return marked(rows, asCheap(rows).min(Comparator.comparingInt(Row::value)));
    }

    private Row windowRow(int seconds) {
        // A batch begins with its first message, and takes those that come while the window is open.
        double messages = Math.min(setting.batch(), 1 + seconds * TRICKLE);
        Invocation invocation = Invocation.ofUrls((long) Math.ceil(messages * load.urlsPerMessage()), load, setting);
        double count = SECONDS_A_MONTH * TRICKLE / messages;
        return new Row(
                seconds, invocation, count * usdOf(invocation), count * invocation.urls() * usdOfRecord(), 0, false);
    }

    private double usdOfRecord() {
        return load.writeUnits() * prices.usd(Item.WRITE_UNIT);
    }

    private double usdOf(Invocation invocation) {
        return prices.usd(Item.LAMBDA_REQUEST)
                + invocation.billedMs() / 1_000.0 * setting.gigabytes() * prices.usd(Item.LAMBDA_GB_SECOND)
                + Designs.LOG_BYTES_BATCH / 1e9 * prices.usd(Item.LOGS_GB);
    }

    /// The fewest environments that get through all of it within an hour, should the web be ten times slower.
    List<Row> concurrencies() {
        List<Row> rows = rows(CONCURRENCIES, environments -> setting.withConcurrency(environments));
        return marked(
                rows,
                rows.stream()
                        .filter(row ->
                                new Designs(prices, load.slowedBy(SLOW_WEB), setting.withConcurrency(row.value()))
                                                .batch()
                                                .wallSeconds()
                                        <= SOON_SECONDS)
                        .findFirst());
    }

    private List<Row> rows(int[] values, IntFunction<Setting> with) {
        return IntStream.of(values)
                .mapToObj(value -> {
                    Setting set = with.apply(value);
                    Design design = new Designs(prices, load, set).batch();
                    double others = design.usd(Part.QUEUE) + design.usd(Part.TABLE);
                    return new Row(
                            value,
                            Invocation.of(load, set),
                            design.total() - others,
                            others,
                            design.wallSeconds(),
                            false);
                })
                .toList();
    }

    private static Stream<Row> asCheap(List<Row> rows) {
        double cheapest = rows.stream().mapToDouble(Row::whole).min().orElse(0);
        return rows.stream().filter(row -> row.whole() <= cheapest * AS_CHEAP);
    }

    /// None is recommended where none will do.
    private static List<Row> marked(List<Row> rows, Optional<Row> recommended) {
        return rows.stream()
                .map(row -> row.recommendedIf(recommended.map(Row::value).orElse(0)))
                .toList();
    }
}
