package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackException;
import dev.fetchline.local.stack.LocalStackSettings;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetChoice;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fetchline up`: queue, function and table of this machine, for other programs to use until a signal comes.
@Command(
        name = "up",
        description = {
            "Start queue, function and table on this machine and stay: other programs send messages and read records"
                    + " with any AWS client. Prints the endpoints and ready-to-paste aws commands.",
            "",
            "Servers listen on 127.0.0.1 only; the queue and the table are empty at start and gone at the end. With"
                    + " --endpoint they are an emulator's, and stay there. Ctrl-C or SIGTERM stops everything that was"
                    + " started.",
            "",
            "Each minute in which the function worked, and at the end, its figures are said on stderr as its dashboard"
                    + " would show them; with --json only at the end, as one JSON line on stderr.",
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
            "  0    stopped by Ctrl-C or SIGTERM",
            "  2    wrong usage, or something on this machine stands in the way",
            "",
            "Examples:",
            "  fetchline up",
            "  fetchline up --endpoint http://localhost:4566",
            "  fetchline up --json --allow-network 127.0.0.0/8 --allow-port 3000 > stack.json"
        })
final class UpCommand implements Callable<Integer>, StackSession.Interruption {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// As long as the dashboard's periods.
    private static final int LOOKS_A_MINUTE = 60;

    @Option(
            names = "--json",
            description = "Print one JSON line when ready, and nothing else on stdout: queueUrl, deadLetterQueueUrl,"
                    + " table, sqsEndpoint, dynamoDbEndpoint, batchesTable, and page unless --no-page.")
    boolean json;

    @Option(names = "--no-page", description = "Do not serve the page that shows the stack in a browser.")
    boolean noPage;

    @Mixin
    EmulatorOption emulator = new EmulatorOption();

    @Mixin
    ConcurrencyOption concurrency = new ConcurrencyOption();

    @Mixin
    FetchOptions options = new FetchOptions();

    private final StandardStreams streams;
    private final Home home;
    private final UpFile upFile;
    private volatile @Nullable FiguresReport figures;
    private volatile @Nullable UpAnnouncement announced;

    UpCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
        this.upFile = new UpFile(home.upFile());
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalStackSettings settings =
                options.settings(home, "up", concurrency.parameters()).withEmulator(emulator.endpoint);
        try (StackSession session = StackSession.open(settings, streams, this)) {
            LocalStack stack = session.stack();
            EmulatorOption.sayWhatWasFound(stack, streams);
            FiguresReport report = FiguresReport.of(stack, home);
            figures = report;
            stack.startEventSourceMapping();
            UpAnnouncement announcement = new UpAnnouncement(stack, upFile);
            announced = announcement;
            announcement.announce();
            try (ServedPage page = noPage ? null : ServedPage.start(ownTarget(), 0)) {
                Optional<URI> url = Optional.ofNullable(page).map(ServedPage::url);
                streams.out().print(json ? announcement.readyLine(url) : new UpGuide(stack, url).text());
                streams.flushOut();
                stay(stack, report, announcement);
            }
            return ExitCode.OK;
        }
    }

    private Target ownTarget() {
        return new Targets(home.template(), upFile).open(TargetChoice.UP);
    }

    /// Until a signal ends the process. A function that fails is no reason to go: its messages can be looked at.
    private void stay(LocalStack stack, FiguresReport report, UpAnnouncement announcement) throws InterruptedException {
        Optional<String> said = Optional.empty();
        EmulatorWatch emulatorWatch = new EmulatorWatch(stack, streams);
        for (int look = 1; ; look++) {
            Optional<String> failure = stack.functionFailure();
            if (failure.isPresent() && !failure.equals(said)) {
                streams.say("the function failed: %s (its log is %s)."
                        .formatted(PrintableText.of(failure.get()).replaceFirst("[.]$", ""), stack.functionLog()));
                said = failure;
            }
            emulatorWatch.look();
            announcement.refresh();
            look(stack, report);
            if (look % LOOKS_A_MINUTE == 0 && !json) {
                String recently = report.recently();
                if (!recently.isEmpty()) {
                    streams.say("in the last minute: " + recently);
                }
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /// The table is asked here and not at the end: in a shutdown its client does not answer any more.
    private static void look(LocalStack stack, FiguresReport report) {
        long before = report.invocations();
        if (report.read().invocations() > before) {
            try {
                report.measure(stack.someRecords());
            } catch (LocalStackException _) {
                // The estimate keeps the mean of the last look; whoever uses the stack hears of the table themselves.
            }
        }
    }

    @Override
    public void beforeClose() {
        streams.say("stopping.");
        UpAnnouncement announcement = announced;
        if (announcement != null) {
            announcement.withdraw();
        }
        FiguresReport report = figures;
        if (report == null) {
            return;
        }
        report.read();
        if (json) {
            streams.tell(report.json());
        } else {
            report.say(streams);
        }
    }

    /// Being told to stop is how `up` ends, and no fault.
    @Override
    public void afterClose() {
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
