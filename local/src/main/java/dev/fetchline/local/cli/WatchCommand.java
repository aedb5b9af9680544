package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchFinder;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.cost.CostException;
import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.watch.BatchProgress;
import dev.fetchline.local.watch.BatchWatch;
import dev.fetchline.local.watch.BatchWatch.Ending;
import dev.fetchline.local.watch.StackBatch;
import dev.fetchline.local.watch.WatchPace;
import dev.fetchline.local.watch.WatchScreen;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fetchline watch`: how far a batch is, until it is finished.
@Command(
        name = "watch",
        description = {
            "Show how far a batch is, until every URL has its final record or nothing moves any more: counts by status,"
                    + " URLs/s, time left, slow hosts, when the next retry is due. Redrawn on a terminal; elsewhere a line a"
                    + " second.",
            "",
            "It reads what the function's invocations tell of their work, and of the results only what these do not add up"
                    + " to; the count at the end is exact. On AWS an hour of it costs at most $0.05; it says what it spent.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    finished, and every record is OK",
            "  1    finished, and some records are not OK",
            "  2    unfinished: URLs have no final record and nothing moves any more, or --once found it going on;",
            "       or wrong usage, no such batch, or something could not be read: stderr says what",
            "  130  interrupted (143 when terminated); the batch goes on",
            "",
            "Examples:",
            "  fetchline watch nightly",
            "  fetchline watch nightly --once --json",
            "  fetchline watch nightly --stack fetchline --region eu-central-1 && fetchline results nightly"
        })
final class WatchCommand implements Callable<Integer> {
    private static final long TICK_MILLIS = 1_000;
    private static final int BAR_COLUMNS = 24;

    @Parameters(paramLabel = "BATCH", description = "The batch's id, as submit printed it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    String batchId;

    @Option(names = "--once", description = "Look once, and end.")
    boolean once;

    @Option(names = "--json", description = "Print one JSON object a second, and one at the end.")
    boolean json;

    @Mixin
    TargetOption target = new TargetOption();

    private final StandardStreams streams;
    private final Home home;

    WatchCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        BatchOption.check(batchId);
        try (Target opened = target.open(home)) {
            Optional<Prices> prices = opened.isBilled() ? Optional.of(prices()) : Optional.empty();
            double readUnitUsd =
                    prices.map(its -> its.usd(Prices.Item.READ_UNIT)).orElse(0.0);
            double requestUsd =
                    prices.map(its -> its.usd(Prices.Item.SQS_REQUEST)).orElse(0.0);
            TableReader reader = new TableReader(opened.dynamoDb());
            StackBatch source = new StackBatch(opened, reader, batchId, readUnitUsd, requestUsd);
            // Sent by hand a moment ago it may be on the queue only.
            BatchFinder.Found found = source.queue().all() > 0
                    ? new BatchFinder(opened.dynamoDb(), opened.table(), opened.batchesTable())
                            .find(reader, batchId)
                            .orElseGet(() -> new BatchFinder.Found(Optional.empty(), new BatchParts(batchId, 0)))
                    : BatchOption.find(opened, reader, batchId);
            BatchWatch watch = new BatchWatch(
                    source,
                    new BatchProgress(found.parts(), found.head()),
                    prices.isPresent() ? WatchPace.billed(readUnitUsd) : WatchPace.local(),
                    Instant.now());
            Optional<Ending> ending = once ? watch.lookOnce(Instant.now()) : Optional.of(untilItEnds(watch));
            if (ending.isPresent()
                    && found.head().isEmpty()
                    && watch.progress().done() + watch.progress().missing() == 0) {
                throw BatchOption.unknown(opened, batchId);
            }
            return exitCode(watch, ending);
        }
    }

    private Prices prices() {
        try {
            return Prices.read(home.prices());
        } catch (CostException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /// A signal ends the watching alone, and says so.
    private Ending untilItEnds(BatchWatch watch) throws InterruptedException {
        Thread lastWords = new Thread(
                () -> {
                    streams.say("watching ended, and the batch goes on; fetchline watch%s %s looks again."
                            .formatted(target.asTyped(), ShellWord.argument(batchId)));
                    streams.silence();
                },
                "fetchline-shutdown");
        Runtime.getRuntime().addShutdownHook(lastWords);
        try {
            return look(watch);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(lastWords);
            } catch (IllegalStateException _) {
                // They are being said.
            }
        }
    }

    private Ending look(BatchWatch watch) throws InterruptedException {
        WatchScreen screen = new WatchScreen(PrintableText.of(batchId));
        try (Redrawn redrawn = new Redrawn(streams)) {
            Bars bars = Bars.of(System.getenv());
            while (true) {
                Optional<Ending> ending = watch.look(Instant.now());
                if (ending.isPresent()) {
                    return ending.get();
                }
                Instant now = Instant.now();
                if (json) {
                    print(screen.json(watch, "GOING", now));
                } else if (Redrawn.isPossible(streams, System.getenv())) {
                    String bar = watch.progress().total().isEmpty()
                            ? ""
                            : bars.of(WatchScreen.share(watch.progress()), BAR_COLUMNS);
                    redrawn.draw(screen.lines(watch, bar, now));
                } else {
                    print(screen.line(watch, now));
                }
                Thread.sleep(TICK_MILLIS);
            }
        }
    }

    private int exitCode(BatchWatch watch, Optional<Ending> ending) {
        Instant now = Instant.now();
        WatchScreen screen = new WatchScreen(PrintableText.of(batchId));
        if (json) {
            print(screen.json(watch, ending.map(Ending::name).orElse("GOING"), now));
        } else if (ending.isPresent()) {
            screen.summary(watch, ending.get()).forEach(this::print);
        } else {
            print(screen.line(watch, now));
        }
        return ending.map(its -> exitCode(watch, its)).orElse(ExitCode.USAGE_OR_UNFINISHED);
    }

    private int exitCode(BatchWatch watch, Ending ending) {
        if (ending == Ending.STANDS_STILL) {
            streams.say(
                    "%,d URLs of the batch have no final record, and the queue has nothing left of them; %,d messages are"
                                    .formatted(watch.progress().missing(), watch.deadLetters())
                            + " on the dead-letter queue. What is there, fetchline redrive --from dead-letter%s sends again."
                                    .formatted(target.asTyped()));
            return ExitCode.USAGE_OR_UNFINISHED;
        }
        boolean isAllOk = watch.progress().byStatus().keySet().stream().allMatch("OK"::equals);
        return isAllOk ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private void print(String line) {
        streams.out().print(line + "\n");
        streams.flushOut();
    }
}
