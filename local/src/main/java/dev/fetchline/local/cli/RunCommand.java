package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `fetchline run`: the URLs of some files through queue, function and table of this machine, and their records out.
@Command(
        name = "run",
        description = {
            "Fetch the URLs of files through a queue, the packaged function and a table on this machine, and print the"
                    + " records.",
            "",
            "Text files (any suffix but .json and .jsonl) hold a URL a line; blank lines and lines that start with #"
                    + " are skipped. A .json file holds one message body, a .jsonl file one message body a line.",
            "",
            "Records go to stdout when all URLs have a final one: a table on a terminal, JSON Lines elsewhere.",
            "",
            "- " + Notices.LIMITS_PER_HOST,
            "- " + Notices.ROBOTS,
            "- " + Notices.PARTITION,
            "- " + Notices.WAITS,
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every record is OK, or there was nothing to fetch",
            "  1    finished, and some records are not OK",
            "  2    wrong usage; or something is on the dead-letter queue or unfinished: stderr says what",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline run urls.txt",
            "  cut -d, -f2 sites.csv | fetchline run --json - > records.jsonl",
            "  fetchline run --allow-network 127.0.0.0/8 --allow-port 3000-3999 --out records.jsonl local.txt",
            "  fetchline run --endpoint http://localhost:4566 urls.txt",
            "  fetchline run --set FETCH_ATTEMPTS_MAX=1 --timeout 5s messages.jsonl"
        })
final class RunCommand implements Callable<Integer>, StackSession.Interruption {
    private static final DateTimeFormatter BATCH_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to fetch; - is standard input, as text.")
    List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON Lines on a terminal too, and beside --out.")
    boolean json;

    @Option(
            names = "--summary",
            description = "Say the function's figures on stderr at the end, as its dashboard would show them; on a"
                    + " terminal they are said anyway.")
    boolean summary;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the records to this file as JSON Lines.")
    @Nullable
    Path out;

    @Option(
            names = "--urls-per-message",
            paramLabel = "N",
            defaultValue = "10",
            description = "URLs of a text in one message (1 to 10000; default: ${DEFAULT-VALUE}).")
    int urlsPerMessage;

    @Mixin
    EmulatorOption emulator = new EmulatorOption();

    @Mixin
    ConcurrencyOption concurrency = new ConcurrencyOption();

    @Mixin
    FetchOptions options = new FetchOptions();

    private final StandardStreams streams;
    private final Home home;
    private volatile @Nullable Progress progress;

    RunCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<OutgoingMessage> messages = messages();
        // Before the file is opened: a wrong option must not empty what an earlier run wrote there.
        var _ = options.functionEnvironment();
        try (RecordOutput output = RecordOutput.open(streams, json, out, files)) {
            if (messages.isEmpty()) {
                streams.say("the input holds no URLs: nothing was fetched.");
                return ExitCode.OK;
            }
            return fetch(messages, output);
        }
    }

    private List<OutgoingMessage> messages() {
        if (urlsPerMessage < 1 || urlsPerMessage > 10_000) {
            throw CliException.usage(
                    "--urls-per-message %d: expected a number from 1 to 10000.".formatted(urlsPerMessage));
        }
        if (files.isEmpty()) {
            if (streams.inIsTerminal()) {
                throw CliException.usage("name a file of URLs, or pipe them in (see fetchline run --help).");
            }
            files.add("-");
        }
        String batchId = "run-" + BATCH_TIME.format(Instant.now());
        return new InputReader(streams.in(), new UrlPacker(batchId, urlsPerMessage)).messagesOf(files);
    }

    private int fetch(List<OutgoingMessage> messages, RecordOutput output) throws InterruptedException {
        LocalStackSettings settings =
                options.settings(home, "run", concurrency.parameters()).withEmulator(emulator.endpoint);
        try (StackSession session = StackSession.open(settings, streams, this)) {
            LocalStack stack = session.stack();
            EmulatorOption.sayWhatWasFound(stack, streams);
            EarlierWork earlier = EarlierWork.of(stack);
            earlier.say(streams);
            List<String> messageIds =
                    stack.send(messages.stream().map(OutgoingMessage::body).toList());
            ExpectedRecords expected = ExpectedRecords.of(messages, messageIds);
            Optional<String> failure = drain(stack, expected, earlier);
            RunResult result = resultOf(stack, expected, earlier, failure);
            output.write(result.records());
            result.explain(streams);
            if (summary || streams.errIsTerminal()) {
                FiguresReport.of(stack, home)
                        .read()
                        .measure(attributesOf(result.records()))
                        .say(streams);
            }
            if (streams.errIsTerminal() && result.exitCode() == ExitCode.OK) {
                streams.say("%d records, all OK.".formatted(result.records().size()));
            }
            return result.exitCode();
        }
    }

    private static List<Map<String, AttributeValue>> attributesOf(List<FetchRecord> records) {
        return records.stream().map(FetchRecord::attributes).toList();
    }

    private Optional<String> drain(LocalStack stack, ExpectedRecords expected, EarlierWork earlier)
            throws InterruptedException {
        try (Progress bar = Progress.start(streams, expected.count())) {
            progress = bar;
            stack.startEventSourceMapping();
            WaitNotice notice = new WaitNotice(expected.count(), InstantSource.system(), bar::say);
            return new Drain(RunView.of(stack, earlier), Thread::sleep, look -> {
                        bar.seen(look);
                        notice.seen(look);
                    })
                    .await();
        }
    }

    private static RunResult resultOf(
            LocalStack stack, ExpectedRecords expected, EarlierWork earlier, Optional<String> failure) {
        List<FetchRecord> records = new ArrayList<>();
        stack.eachRecord(item -> {
            FetchRecord fetched = new FetchRecord(item);
            // Servers of our own hold nothing else, and what a message brought unexpectedly is worth seeing.
            if (!stack.isOnEmulator() || expected.hasBatch(fetched.batchId())) {
                records.add(fetched);
            }
        });
        return new RunResult(
                expected.inInputOrder(
                        records.stream().filter(FetchRecord::isFinal).toList()),
                DeadLetter.all(earlier.newOnes(stack.deadLetterMessages())),
                Math.max(0, stack.deadLetters() - earlier.deadLetters()),
                expected.unfinished(records),
                failure,
                stack.functionLog());
    }

    @Override
    public void beforeClose() {
        Progress bar = progress;
        if (bar == null) {
            streams.say("interrupted before anything was fetched.");
            return;
        }
        bar.close();
        streams.say("interrupted: %s.".formatted(bar.sentence()));
    }
}
