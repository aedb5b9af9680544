package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `fetchline demo`: the whole of it at once, with a web of its own.
@Command(
        name = "demo",
        description = {
            "See it work: starts queue, function and table on this machine, and a small web on 127.0.0.1 with fast, slow,"
                    + " missing, redirecting, compressed, busy and endless pages; sends a message of every form, and"
                    + " prints the records and what they amount to. Needs no network, no Docker and no AWS account.",
            "",
            "- " + Notices.LIMITS_PER_HOST,
            "- " + Notices.ROBOTS,
            "- " + Notices.PARTITION,
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every record is as it has to be",
            "  1    some records are not: stderr says which",
            "  2    wrong usage, or something on this machine stands in the way",
            "  130  interrupted (143 when terminated)",
            "",
            "Example:",
            "  fetchline demo"
        })
final class DemoCommand implements Callable<Integer>, StackSession.Interruption {
    private final StandardStreams streams;
    private final Home home;
    private volatile @Nullable Progress progress;

    DemoCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        streams.say("starting queue, table, function and the demo web.");
        try (DemoWeb web = DemoWeb.start();
                StackSession session = StackSession.open(settings(web), streams, this)) {
            LocalStack stack = session.stack();
            DemoPlan plan = DemoPlan.of(web);
            printMessages(plan);
            List<OutgoingMessage> messages = plan.outgoing();
            List<String> messageIds =
                    stack.send(messages.stream().map(OutgoingMessage::body).toList());
            ExpectedRecords expected = ExpectedRecords.of(messages, messageIds);
            streams.say("sent %d messages with %d URLs.".formatted(messages.size(), expected.count()));
            Optional<String> failure = drain(stack, expected);
            if (failure.isPresent()) {
                streams.say(
                        "the function cannot go on: %s (its log is %s).".formatted(failure.get(), stack.functionLog()));
                return ExitCode.USAGE_OR_UNFINISHED;
            }
            List<FetchRecord> records = expected.inInputOrder(FetchRecord.all(stack.records()));
            List<DeadLetter> deadLetters = DeadLetter.all(stack.deadLetterMessages());
            streams.say("all messages are off the queue: %d records.".formatted(records.size()));
            printResults(records, deadLetters);
            return verdict(plan.faults(records, deadLetters), stack);
        }
    }

    private LocalStackSettings settings(DemoWeb web) {
        FetchOptions options = new FetchOptions();
        options.knobs = List.of(
                "FETCH_ALLOW_NETWORKS=127.0.0.0/8",
                "FETCH_ALLOW_PORTS=" + Knobs.DEFAULT_PORTS + "," + web.port(),
                // Nothing in the demo web is slower than this, and a page that hangs must not hold up the show.
                "FETCH_TIMEOUT_MS=5000");
        return options.settings(home, "demo", Map.of());
    }

    private Optional<String> drain(LocalStack stack, ExpectedRecords expected) throws InterruptedException {
        try (Progress bar = Progress.start(streams, expected.count())) {
            progress = bar;
            stack.startEventSourceMapping();
            return new Drain(RunView.of(stack), Thread::sleep, bar::seen).await();
        }
    }

    private void printMessages(DemoPlan plan) {
        PrintStream out = streams.out();
        out.println("Messages, one of every form:");
        for (DemoPlan.Form form : plan.messages()) {
            String body = form.body().strip().replaceAll("\\s*\\R\\s*", " | ");
            out.printf("  %-32s %s%n", form.name(), PrintableText.cut(body, Math.max(20, streams.outColumns() - 36)));
        }
        out.println();
        streams.flushOut();
    }

    private void printResults(List<FetchRecord> records, List<DeadLetter> deadLetters) {
        PrintStream out = streams.out();
        out.println("Records:");
        new RecordTable(streams.outColumns() - 2).linesOf(records).forEach(line -> out.println("  " + line));
        out.println();
        out.println("Quarantined on the dead-letter queue:");
        for (DeadLetter letter : deadLetters) {
            out.println("  " + PrintableText.cut(letter.body(), streams.outColumns() - 2));
            out.println("    because " + PrintableText.of(letter.reason()));
        }
        out.println();
        out.println("Summary:");
        Summary.of(records).lines().forEach(line -> out.println("  " + line));
        out.println("  " + slowLine(records));
        streams.flushOut();
    }

    /// The point of it all, computed from when the three fetches began and ended.
    private static String slowLine(List<FetchRecord> records) {
        List<FetchRecord> slow = records.stream()
                .filter(fetched -> fetched.url().contains("/slow/"))
                .toList();
        Duration together = Summary.spanOf(slow);
        return String.format(
                Locale.ROOT,
                "together   %d pages of %d s each took %.1f s together",
                slow.size(),
                DemoWeb.SLOWNESS.toSeconds(),
                together.toMillis() / 1000.0);
    }

    private int verdict(List<String> faults, LocalStack stack) {
        faults.forEach(fault -> streams.say(fault));
        if (!faults.isEmpty()) {
            streams.say("the demo did not go as it has to; the function's log is %s.".formatted(stack.functionLog()));
        }
        return faults.isEmpty() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    @Override
    public void beforeClose() {
        Progress bar = progress;
        if (bar != null) {
            bar.close();
        }
        streams.say("interrupted.");
    }
}
