package dev.fetchline.local.cli;

import dev.fetchline.local.chaos.Chaos;
import dev.fetchline.local.chaos.ChaosCheck;
import dev.fetchline.local.chaos.ChaosWeb;
import dev.fetchline.local.stack.Drill;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import dev.fetchline.local.table.TableFaultSettings;
import dev.fetchline.local.table.TableFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sqs.model.Message;

/// `fetchline prove chaos`: the packaged function at scale, while everything around it breaks.
@Command(
        name = "chaos",
        description = {
            "Fetch many URLs with the packaged function in real processes, kill and freeze these at random, let queue,"
                    + " table and web fail, and show that every URL has its record in the end.",
            "",
            "The web is on 127.0.0.1, with pages that are slow, missing, failing, resetting or busy. The numbers of"
                    + " template.yaml are scaled down, for a kill to be over in seconds: the function's timeout is"
                    + " 15 s and not 120, a message comes again after 18 s and not 730. A message is received"
                    + " up to 100 times and not 8, for here it is killed more often than in years on AWS.",
            "",
            "The final check reads the table by rules of its own: each URL has one record, its status is final, and"
                    + " it says what the web served.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    no URL is lost, and every record is right",
            "  1    a URL is lost, or a record is wrong: stderr says which",
            "  2    wrong usage",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline prove chaos",
            "  fetchline prove chaos --urls 100000",
            "  fetchline prove chaos --urls 2000 --kills-every 2"
        })
final class ChaosCommand implements Callable<Integer>, StackSession.Interruption {
    private static final int URLS_MAX = 1_000_000;
    private static final int URLS_PER_MESSAGE = 10;
    private static final int URLS_PER_BATCH_ID = 1_000;
    private static final int ENVIRONMENTS_MAX = 16;
    private static final int MESSAGES_PER_INVOCATION = 50;
    private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(18);
    private static final Duration WINDOW = Duration.ofMillis(200);
    private static final int RECEIVES_MAX = 100;
    private static final double KILLS_EVERY_MIN = 1.5;

    @Option(
            names = "--urls",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many URLs (1 to 1000000; default: ${DEFAULT-VALUE}).")
    int urls;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What pages and faults are drawn from (default: another one each time). The moment at which a"
                    + " fault comes is the machine's, so two runs of one seed are alike and not the same.")
    @Nullable
    Long seed;

    @Option(
            names = "--kills-every",
            paramLabel = "N",
            defaultValue = "6",
            description =
                    "One invocation of so many is killed, on average (1.5 to 1000000; default:" + " ${DEFAULT-VALUE}).")
    double killsEvery;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "3",
            description = "Environments of the function that work at once (1 to 16; default: ${DEFAULT-VALUE}).")
    int environments;

    private final StandardStreams streams;
    private final Home home;
    private volatile @Nullable Progress progress;

    ChaosCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireRange("--urls", urls, URLS_MAX);
        requireRange("--concurrency", environments, ENVIRONMENTS_MAX);
        if (!(killsEvery >= KILLS_EVERY_MIN && killsEvery <= URLS_MAX)) {
            throw CliException.usage(("--kills-every %s: expected a number from 1.5 to 1000000; with more kills nothing"
                            + " would ever be done.")
                    .formatted(killsEvery));
        }
        long drawnFrom = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        TableFaults table = tableFaults(drawnFrom);
        try (ChaosWeb web = ChaosWeb.start(drawnFrom, urls);
                Chaos chaos = new Chaos(drawnFrom, killsEvery);
                StackSession session = StackSession.open(settings(web, chaos, table), streams, this)) {
            return prove(drawnFrom, web, chaos, table, session.stack());
        }
    }

    private static void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CliException.usage("%s %d: expected a number from 1 to %d.".formatted(option, value, most));
        }
    }

    private LocalStackSettings settings(ChaosWeb web, Chaos chaos, TableFaults table) {
        return new LocalStackSettings(
                        home.template(),
                        home.artifact(),
                        Map.of(
                                "MaximumConcurrency",
                                Integer.toString(environments),
                                "BatchSize",
                                Integer.toString(MESSAGES_PER_INVOCATION)),
                        functionEnvironment(web),
                        LogDirectory.create(home.logDirectory(), "chaos"),
                        !home.isLinux())
                .withDrill(new Drill(FUNCTION_TIMEOUT, VISIBILITY_TIMEOUT, RECEIVES_MAX, WINDOW, 1, chaos, table));
    }

    private static TableFaults tableFaults(long seed) {
        TableFaults faults = new TableFaults(seed);
        faults.set(TableFaultSettings.NONE
                .with(TableFaults.Kind.UNPROCESSED_ITEMS, 0.08)
                .with(TableFaults.Kind.UNPROCESSED_KEYS, 0.05)
                .with(TableFaults.Kind.THROTTLED, 0.03)
                .with(TableFaults.Kind.SERVER_ERROR, 0.01)
                .with(TableFaults.Kind.LOST_REQUEST, 0.01)
                .with(TableFaults.Kind.LOST_ANSWER, 0.01)
                .withSlow(0.05, Duration.ofMillis(20), Duration.ofMillis(500)));
        return faults;
    }

    private static Map<String, String> functionEnvironment(ChaosWeb web) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
        variables.put("FETCH_ALLOW_PORTS", Integer.toString(web.port()));
        variables.put("FETCH_TIMEOUT_MS", "4000");
        // Most waits that a page asks for become deferrals.
        variables.put("FETCH_WAIT_INSIDE_MAX_MS", "900");
        // All pages are of one host.
        variables.put("FETCH_IN_FLIGHT_PER_HOST_MAX", "128");
        return variables;
    }

    private int prove(long drawnFrom, ChaosWeb web, Chaos chaos, TableFaults table, LocalStack stack)
            throws InterruptedException {
        streams.say("%,d URLs, seed %d; the function's log is %s.".formatted(urls, drawnFrom, stack.functionLog()));
        long started = System.nanoTime();
        stack.send(bodies(web));
        Optional<String> failure;
        try (Progress bar = Progress.start(streams, urls)) {
            progress = bar;
            stack.startEventSourceMapping();
            failure = new Drain(new Standstill(RunView.of(stack)), Thread::sleep, bar::seen).await();
        }
        // A batch that was handed out twice may still have its second half under way.
        stack.stopEventSourceMapping();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        failure.ifPresent(why -> streams.say("the run cannot go on: " + PrintableText.of(why)));

        table.set(TableFaultSettings.NONE);
        ChaosCheck check = new ChaosCheck(web, urls);
        stack.eachRecord(check::record);
        stack.deadLetterMessages(Integer.MAX_VALUE).stream().map(Message::body).forEach(check::deadLetter);
        new ChaosReport(urls, check, chaos, table, stack.deadLetters(), stack.environmentsStarted(), took)
                .write(streams);
        return check.lost() == 0 && check.wrongCount() == 0 && failure.isEmpty() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private List<String> bodies(ChaosWeb web) {
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from < urls; from += URLS_PER_MESSAGE) {
            bodies.add(IntStream.range(from, Math.min(from + URLS_PER_MESSAGE, urls))
                    .mapToObj(web::url)
                    .collect(Collectors.joining(
                            "\",\"",
                            "{\"batchId\":\"chaos-%d\",\"urls\":[\"".formatted(from / URLS_PER_BATCH_ID),
                            "\"]}")));
        }
        return bodies;
    }

    @Override
    public void beforeClose() {
        Progress bar = progress;
        if (bar == null) {
            streams.say("interrupted before anything was fetched.");
            return;
        }
        bar.close();
        streams.say("interrupted: of %,d URLs %,d had a record.".formatted(urls, bar.done()));
    }
}
