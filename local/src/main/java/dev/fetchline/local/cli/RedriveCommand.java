package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.redrive.BatchRedrive;
import dev.fetchline.local.redrive.DeadLetterRedrive;
import dev.fetchline.local.redrive.RedriveListener;
import dev.fetchline.local.redrive.RedrivePlan;
import dev.fetchline.local.submit.SubmitSettings;
import dev.fetchline.local.target.Target;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fetchline redrive`: URLs of dead letters or of a batch's records, sent again.
@Command(
        name = "redrive",
        description = {
            "Send URLs again: those of messages on the dead-letter queue, or of a batch's records. Shows first what it"
                    + " would do, and asks.",
            "",
            "The new records take the place of the old ones and keep in \"earlier\" what came of the URL before. A message"
                    + " leaves the dead-letter queue only when the queue has confirmed all that takes its place: killed in"
                    + " between, it is on both and its URLs are fetched twice; no URL is ever lost.",
            "",
            "A message that could not be read would come back as it is: it stays, with its reason, unless --raw. Of a"
                    + " message of which --where means only some URLs, the rest goes back to the dead-letter queue.",
            "",
            "--where has the names of a record. Of a dead letter: batchId, url, host, submitted, status, request.method,"
                    + " tag, attempts, httpStatus, messageId, requestedAt, hop; error.detail is the reason, error.kind"
                    + " UNREADABLE for what cannot be read and DEAD_LETTER for all else; submitted is the body of what"
                    + " cannot be read.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    all that was meant was sent (with --dry-run: was shown), or nothing was meant",
            "  1    some of what was meant could not be sent and stays where it is",
            "  2    wrong usage, not confirmed, or something stands in the way",
            "  130  stopped by Ctrl-C (143 when terminated): what was done is said, the rest is where it was",
            "",
            "Examples:",
            "  fetchline redrive --from dead-letter --dry-run",
            "  fetchline redrive --from dead-letter --where 'host=example.com' --yes",
            "  fetchline redrive --from nightly",
            "  fetchline redrive --from nightly --where 'status=FAILED and error.kind=TIMEOUT' --max 1000",
            "  fetchline redrive --stack fetchline --from dead-letter --dry-run"
        })
final class RedriveCommand implements Callable<Integer> {
    private static final Pattern NAMES_INVALID = Pattern.compile("\\bINVALID\\b", Pattern.CASE_INSENSITIVE);

    @Option(
            names = "--from",
            required = true,
            paramLabel = "dead-letter|BATCH",
            description = "The dead-letter queue, or the batch whose records are looked at.")
    String from = "";

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description =
                    "Only URLs that this is true of; default: all of the dead-letter queue, and all of a batch that"
                            + " are not OK.")
    @Nullable
    String where;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    boolean dryRun;

    @Option(names = "--max", paramLabel = "N", description = "Send at most N URLs.")
    @Nullable
    Long max;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(
            names = "--raw",
            description = "Send messages that cannot be read as they are; each counts as one URL. For the time after"
                    + " the function itself was mended.")
    boolean raw;

    @Option(
            names = "--without-headers",
            description = "Send items of a batch that had headers of the caller without them: their values are not"
                    + " stored.")
    boolean withoutHeaders;

    @Mixin
    TargetOption target = new TargetOption();

    private final StandardStreams streams;
    private final Home home;

    RedriveCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        if (from.isEmpty()) {
            throw CliException.usage("--from is empty: expected dead-letter or the name of a batch.");
        }
        if (max != null && max < 1) {
            throw CliException.usage("--max is %d: expected 1 or more URLs.".formatted(max));
        }
        boolean isBatch = !from.equals(SubmitSettings.DEAD_LETTER);
        if (isBatch ? raw : withoutHeaders) {
            throw CliException.usage(
                    isBatch
                            ? "--raw is for --from dead-letter: a batch's records are all readable."
                            : "--without-headers is for --from BATCH: dead letters have the headers still.");
        }
        if (!dryRun && !yes && !streams.inIsTerminal()) {
            throw CliException.usage("nobody is at the terminal to confirm: look with --dry-run, then add --yes.");
        }
        Where meant = meant();
        RedriveProgress progress = new RedriveProgress(streams, isBatch ? "record" : "message", InstantSource.system());
        try (Interrupts interrupts = Interrupts.listen(_ -> sayStopping(progress));
                Target stack = target.open(home)) {
            RedriveListener listener = new RedriveListener(interrupts::isRequested, progress::looked, progress::sent);
            RedriveDialogue dialogue = new RedriveDialogue(streams, interrupts, progress, dryRun, yes);
            return isBatch
                    ? ofBatch(stack, meant, listener, dialogue)
                    : ofDeadLetters(stack, meant, listener, dialogue);
        }
    }

    private void sayStopping(RedriveProgress progress) {
        progress.close();
        streams.say("stopping when what has begun is done; Ctrl-C again ends it at once.");
    }

    private int ofDeadLetters(Target stack, Where meant, RedriveListener listener, RedriveDialogue dialogue) {
        try (DeadLetterRedrive redrive =
                new DeadLetterRedrive(stack, new DeadLetterRedrive.Options(meant, raw, most()), listener)) {
            RedriveReport report = new RedriveReport(false, streams.outColumns());
            RedrivePlan plan = dryRun ? redrive.dryRun() : redrive.plan();
            String place = "the dead-letter queue of " + stack.name();
            return dialogue.go(report, place, plan, redrive::run, redrive.outcome());
        }
    }

    private int ofBatch(Target stack, Where meant, RedriveListener listener, RedriveDialogue dialogue) {
        BatchRecords records = BatchOption.records(stack, new TableReader(stack.dynamoDb()), from);
        boolean withInvalid = where != null && NAMES_INVALID.matcher(where).find();
        BatchRedrive redrive = new BatchRedrive(
                stack, records, new BatchRedrive.Options(meant, withoutHeaders, withInvalid, most()), listener);
        RedriveReport report = new RedriveReport(true, streams.outColumns());
        String place = "batch " + PrintableText.of(from);
        return dialogue.go(report, place, redrive.plan(), redrive::run, redrive.outcome());
    }

    private Where meant() {
        try {
            return where == null ? Where.ALL : Where.parse(where);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--where: " + e.getMessage());
        }
    }

    private long most() {
        return max == null ? Long.MAX_VALUE : max;
    }
}
