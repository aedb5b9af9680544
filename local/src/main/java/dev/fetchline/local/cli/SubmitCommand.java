package dev.fetchline.local.cli;

import dev.fetchline.local.submit.Delivery;
import dev.fetchline.local.submit.Source;
import dev.fetchline.local.submit.StateDirectory;
import dev.fetchline.local.submit.Submission;
import dev.fetchline.local.submit.SubmitException;
import dev.fetchline.local.submit.SubmitSettings;
import dev.fetchline.local.submit.UnreadableSourceException;
import dev.fetchline.local.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fetchline submit`: the URLs of some files onto the queue of a running stack, as one batch.
@Command(
        name = "submit",
        description = {
            "Send the URLs of files to the queue of a running stack, as one batch, and print the batch's id.",
            "",
            "Text files (any suffix but .json and .jsonl) hold a URL a line; blank lines and lines that start with #"
                    + " are skipped. A .json file holds one message body, a .jsonl file one message body a line; a body"
                    + " that names another batchId than --batch-id is a bad line.",
            "",
            "All input is read and checked by the function's own reader before anything is sent: a line that its record"
                    + " would call INVALID or REFUSED stops the command. Which ports and addresses a stack allows, only"
                    + " the stack itself knows. URLs are sent in canonical form, each once; a message has URLs of one"
                    + " registrable host, which is its MessageGroupId (SQS fair queues). More than 10,000 URLs are"
                    + " split into parts, ID/00 and so on, which the other commands read as one batch.",
            "",
            "What SQS has confirmed is noted in a file below FETCHLINE_STATE (default: $XDG_STATE_HOME/fetchline, else"
                    + " ~/.local/state/fetchline). After an interruption the same command with the same --batch-id goes"
                    + " on where it was. What was in flight when the process was killed may be sent twice, 80 messages"
                    + " at most; the table has one record for a URL all the same.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    all URLs are on the queue, or were before; or there was nothing to send",
            "  2    wrong usage, bad lines, or not all was sent: stderr says which",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline submit urls.txt",
            "  id=$(fetchline submit --tag nightly urls.txt more.txt)",
            "  cut -d, -f2 sites.csv | fetchline submit --batch-id sites-2026-11 --skip-invalid -",
            "  fetchline submit --stack fetchline --region eu-central-1 --header 'Accept: text/html' urls.txt",
            "  fetchline submit --dry-run urls.txt"
        })
final class SubmitCommand implements Callable<Integer> {
    private static final DateTimeFormatter BATCH_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /// A call that has not been answered by then is one that may be made again.
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to send; - is standard input, as text.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--batch-id",
            paramLabel = "ID",
            description = "The batch's name; default: submit- with the time and four random letters. Give it to be able"
                    + " to go on after an interruption.")
    @Nullable
    String batchId;

    @Option(
            names = "--tag",
            paramLabel = "T",
            description = "A mark that all records bear which have none of their own.")
    @Nullable
    String tag;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header of all requests; an item's own wins. Can be given more than once.")
    List<String> headers = new ArrayList<>();

    @Option(
            names = "--urls-per-message",
            paramLabel = "N",
            defaultValue = "" + SubmitSettings.URLS_PER_MESSAGE,
            description = "URLs in one message (1 to 10000; default: ${DEFAULT-VALUE}).")
    int urlsPerMessage;

    @Option(names = "--skip-invalid", description = "Leave bad lines out, and send the others.")
    boolean skipInvalid;

    @Option(names = "--dry-run", description = "Do all but send, and say what would be sent; needs no stack.")
    boolean dryRun;

    @Option(names = "--json", description = "Print one JSON line with figures in place of the batch's id.")
    boolean json;

    @Mixin
    TargetOption targetOption = new TargetOption();

    private final StandardStreams streams;
    private final Home home;
    private final SubmitInterruption interruption;

    SubmitCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
        this.interruption = new SubmitInterruption(streams, STOP_MAX);
    }

    @Override
    public Integer call() throws Exception {
        SubmitSettings settings = settings();
        List<Source> sources = new SourceFiles(streams).named(files);
        return interruption.during(() -> dryRun ? rehearse(settings, sources) : submit(settings, sources));
    }

    private int submit(SubmitSettings settings, List<Source> sources) throws InterruptedException {
        StateDirectory state = StateDirectory.of(System.getenv(), System.getProperty("user.home"));
        state.sweep();
        try (Target target = targetOption.open(home)) {
            return submit(settings, sources, target, state);
        }
    }

    private SubmitSettings settings() {
        String id = batchId == null
                ? "submit-%s-%s"
                        .formatted(
                                BATCH_TIME.format(Instant.now()),
                                Integer.toString(ThreadLocalRandom.current().nextInt(46_656, 1_679_616), 36))
                : batchId;
        return new SubmitSettings(id, Optional.ofNullable(tag), parsedHeaders(), urlsPerMessage);
    }

    private Map<String, String> parsedHeaders() {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).strip();
            if (name.isEmpty()) {
                // Its value may be a secret.
                throw CliException.usage("a --header has no name and colon: expected such as 'Accept: text/html'.");
            }
            if (parsed.put(name, header.substring(colon + 1).strip()) != null) {
                throw CliException.usage("--header %s is given twice: expected each name once.".formatted(name));
            }
        }
        return parsed;
    }

    private int rehearse(SubmitSettings settings, List<Source> sources) throws IOException {
        Path directory = Files.createTempDirectory("fetchline-submit");
        Path scratch = directory.resolve("dry");
        interruption.reading(scratch, directory);
        long begin = System.nanoTime();
        try (Submission submission = read(settings, sources, scratch)) {
            if (submission.entries() > 0) {
                report(settings, submission, true, begin).sayWouldSend(streams, json);
            } else {
                streams.say("the input holds no URLs: nothing would be sent.");
            }
            return ExitCode.OK;
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private int submit(SubmitSettings settings, List<Source> sources, Target target, StateDirectory state)
            throws InterruptedException {
        String queue = Delivery.queueOf(target);
        Path scratch = state.scratch(settings.batchId());
        interruption.reading(scratch, null);
        long begin = System.nanoTime();
        try (Submission submission = read(settings, sources, scratch)) {
            if (submission.entries() == 0) {
                streams.say("the input holds no URLs: nothing was sent.");
                return ExitCode.OK;
            }
            // Without a head nobody would know the parts.
            boolean hasHeads = target.batchesTable().isPresent();
            if (!hasHeads) {
                streams.say(
                        "%s has no table of batches: the batch gets no head and no parts.".formatted(target.name()));
            }
            SubmitReport report = report(settings, submission, hasHeads, begin);
            try (Delivery delivery = Delivery.open(target, queue, settings, report.packed(), state)) {
                deliver(delivery, report, target);
            }
            return ExitCode.OK;
        }
    }

    private SubmitReport report(SubmitSettings settings, Submission submission, boolean hasHeads, long begin) {
        return new SubmitReport(settings, submission.bad(), submission.pack(hasHeads), begin, targetOption.asTyped());
    }

    private Submission read(SubmitSettings settings, List<Source> sources, Path scratch) {
        Submission submission;
        try (ReadingLine line = new ReadingLine(streams)) {
            submission = Submission.read(settings, sources, scratch, line::seen);
        } catch (UnreadableSourceException e) {
            throw CliException.usage("cannot read %s: %s.".formatted(e.source(), FileFault.of(e.fault())));
        }
        try {
            SubmitReport.sayBad(streams, submission.bad(), skipInvalid);
            return submission;
        } catch (CliException e) {
            submission.close();
            throw e;
        }
    }

    private void deliver(Delivery delivery, SubmitReport report, Target target) throws InterruptedException {
        if (delivery.isDone()) {
            report.saySentBefore(streams, delivery, json);
            return;
        }
        report.sayBegins(streams, delivery, target);
        interruption.sending(delivery, report);
        try {
            delivery.start();
            await(delivery, report);
        } catch (SubmitException e) {
            // Of a batch that was not begun the sentence itself says what to do.
            throw delivery.begunAt().isEmpty()
                    ? e
                    : CliException.usage("%s; %s.".formatted(e.clause(), report.howToGoOn(delivery)));
        }
        if (delivery.urlsSent() == report.packed().urls()) {
            report.saySent(streams, delivery, json);
        }
    }

    private void await(Delivery delivery, SubmitReport report) throws InterruptedException {
        try (Progress bar = Progress.startEvenly(
                streams, "URLs", delivery.urlsBefore(), report.packed().urls())) {
            interruption.showing(bar);
            while (!delivery.await(BETWEEN_LOOKS)) {
                bar.seen(delivery.urlsSent());
            }
            bar.seen(delivery.urlsSent());
        }
    }
}
