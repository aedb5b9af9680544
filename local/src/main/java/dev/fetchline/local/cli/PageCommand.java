package dev.fetchline.local.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fetchline page`: the stack in a browser, until a signal comes.
@Command(
        name = "page",
        description = {
            "Serve a page that shows a stack in the browser: batches with their progress, records with filter and search,"
                    + " one record with all of it, hosts, dead letters. fetchline up serves its own; this is for an"
                    + " emulator or a deployed stack, or for one more look at the stack of up.",
            "",
            "The page is for this machine only (127.0.0.1) and for whoever has its address, which holds a random token."
                    + " It changes nothing. Of a deployed stack it reads only what is looked at, a few seconds apart,"
                    + " and tells how many read units that took: AWS bills them.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    stopped by Ctrl-C or SIGTERM",
            "  2    wrong usage, or the stack or the port is not to be had",
            "",
            "Examples:",
            "  fetchline page",
            "  fetchline page --stack fetchline --region eu-central-1",
            "  fetchline page --endpoint http://localhost:4566 --port 8099"
        })
final class PageCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    @Mixin
    TargetOption target = new TargetOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Serve on this port of 127.0.0.1; default: a free one.")
    int port;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    CommandSpec spec;

    private final StandardStreams streams;
    private final Home home;

    PageCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ServedPage page = ServedPage.start(target.open(home), checkedPort())) {
            // Being told to stop is how this ends, and no fault.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(ExitCode.OK), "fetchline-shutdown"));
            streams.say("the page of " + page.target().name() + " is served; Ctrl-C stops it.");
            streams.out().println(page.url());
            streams.flushOut();
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }

    private int checkedPort() {
        if (port < 0 || port > PORT_MAX) {
            throw new ParameterException(spec.commandLine(), "--port is a number from 0 to 65535, not " + port);
        }
        return port;
    }
}
