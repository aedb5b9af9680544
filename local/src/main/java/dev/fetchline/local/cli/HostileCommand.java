package dev.fetchline.local.cli;

import dev.fetchline.local.hostile.EndpointCases;
import dev.fetchline.local.hostile.HeavyCases;
import dev.fetchline.local.hostile.HostileCase;
import dev.fetchline.local.hostile.HostileCases;
import dev.fetchline.local.hostile.HostileCheck;
import dev.fetchline.local.hostile.HostileMessages;
import dev.fetchline.local.hostile.HostileWeb;
import dev.fetchline.local.hostile.ProcessLog;
import dev.fetchline.local.stack.Disturbance;
import dev.fetchline.local.stack.Drill;
import dev.fetchline.local.stack.FunctionEnvironment;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import dev.fetchline.local.table.TableFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fetchline prove hostile`: the packaged function against servers that lie.
@Command(
        name = "hostile",
        description = {
            "Fetch from servers that lie, break off, stall, bomb and redirect to where they must not, with the packaged"
                    + " function, and hold each record against the one that the RFCs and the contract ask for.",
            "",
            "Each case has a server of its own in 127.2.0.0/16, which sends exact bytes. Behind each hostile URL the"
                    + " honest page of the same server is asked for, over the same connection where that lasts. All"
                    + " cases run twice: a message for each, then all in a few large messages. Counting servers stand"
                    + " in for closed addresses: nobody may come.",
            "",
            "Then a function with less memory: the queue, the table and its own Runtime API as targets while all of"
                    + " 127.0.0.0/8 is open, and bodies without end, bombs and one-byte chunks, with 600 requests"
                    + " allowed at once.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every record is right, and nobody reached a closed address",
            "  1    not so: stderr names each case, what was expected and what was found",
            "  2    wrong usage, or something on this machine stands in the way",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline prove hostile",
            "  fetchline prove hostile --heavy 60"
        })
final class HostileCommand implements Callable<Integer>, StackSession.Interruption {
    private static final int HEAVY_MAX = 2_000;
    private static final int ITEMS_PER_MESSAGE = 400;
    private static final Duration WINDOW = Duration.ofMillis(500);

    @Option(
            names = "--heavy",
            paramLabel = "N",
            defaultValue = "600",
            description = "How many bodies without end (1 to 2000; default: ${DEFAULT-VALUE}).")
    int heavy;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "768",
            description = "Memory of the function that takes them (768 to 10240; default: ${DEFAULT-VALUE}).")
    int memoryMb;

    @Option(
            names = "--body-bytes",
            paramLabel = "N",
            defaultValue = "1048576",
            description = "What is read of each (1 to 8388608; default: ${DEFAULT-VALUE}).")
    int bodyBytes;

    private final StandardStreams streams;
    private final Home home;
    private final Queue<FunctionEnvironment> environments = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Progress progress;

    HostileCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        requireRange("--heavy", heavy, 1, HEAVY_MAX);
        requireRange("--memory", memoryMb, 768, 10_240);
        requireRange("--body-bytes", bodyBytes, 1, 8 << 20);
        if (!home.isLinux()) {
            throw CliException.usage("prove hostile needs all of 127.0.0.0/8, which only Linux has.");
        }
        long started = System.nanoTime();
        HostileReport report = new HostileReport();
        proveTables(report);
        proveInLittleMemory(report);
        report.write(streams, Duration.ofNanos(System.nanoTime() - started));
        return report.holds() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CliException.usage("%s %d: expected a number from %d to %d.".formatted(option, value, least, most));
        }
    }

    private void proveTables(HostileReport report) throws InterruptedException, IOException {
        Path logs = LogDirectory.create(home.logDirectory(), "hostile");
        try (HostileWeb web = HostileWeb.start(HostileCases.all(), logs)) {
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put("FETCH_ALLOW_NETWORKS", HostileWeb.NETWORK);
            variables.put("FETCH_ALLOW_PORTS", web.ports());
            variables.put("FETCH_RESOLVE", HostileCases.resolve());
            variables.put("FETCH_EXTRA_CA_FILE", web.trusted().toString());
            try (StackSession session = open(logs, Map.of(), variables)) {
                LocalStack stack = session.stack();
                run(stack, web, HostileMessages.oneByOne(web, "one-"));
                report.add(check(stack, web, "one-"));
                run(stack, web, HostileMessages.together(web, "all-", ITEMS_PER_MESSAGE));
                report.add(check(stack, web, "all-"));
                report.addDeadLetters(stack.deadLetters());
            }
            report.add(web);
        }
        report.add("default", ProcessLog.read(logs));
    }

    private void proveInLittleMemory(HostileReport report) throws InterruptedException, IOException {
        Path logs = LogDirectory.create(home.logDirectory(), "hostile-" + memoryMb);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
        variables.put("FETCH_ALLOW_PORTS", "1024-65535");
        variables.put("FETCH_BODY_BYTES_MAX", Integer.toString(bodyBytes));
        variables.put("FETCH_IN_FLIGHT_MAX", "600");
        variables.put("FETCH_TIMEOUT_MS", "60000");
        environments.clear();
        try (StackSession session = open(logs, Map.of("MemorySize", Integer.toString(memoryMb)), variables)) {
            LocalStack stack = session.stack();
            // The first starts an environment; its Runtime API is what the second asks for. There is only this one: no
            // other is started for one message at a time.
            prove(stack, EndpointCases.of(servers(stack)), "servers-", logs, report);
            prove(stack, EndpointCases.of(runtimeApis()), "runtime-", logs, report);
            prove(stack, HeavyCases.of(heavy, bodyBytes), "heavy-", logs, report);
            report.addDeadLetters(stack.deadLetters());
        }
        report.add(memoryMb + " MB", ProcessLog.read(logs));
    }

    private void prove(LocalStack stack, List<HostileCase> cases, String batchIdPrefix, Path logs, HostileReport report)
            throws InterruptedException {
        try (HostileWeb web = HostileWeb.start(cases, logs)) {
            run(stack, web, HostileMessages.together(web, batchIdPrefix, ITEMS_PER_MESSAGE));
            report.add(check(stack, web, batchIdPrefix));
            report.add(web);
        }
    }

    private static List<String> servers(LocalStack stack) {
        return Stream.of(stack.sqsEndpoint(), stack.dynamoDbEndpoint())
                .map(uri -> uri.getHost() + ":" + uri.getPort())
                .toList();
    }

    private List<String> runtimeApis() {
        return environments.stream().map(FunctionEnvironment::runtimeApi).toList();
    }

    private StackSession open(Path logs, Map<String, String> parameters, Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("MaximumConcurrency", "2", "BatchSize", "1000"));
        all.putAll(parameters);
        // A second try of what fails shows nothing new. One request to a server at a time: then the next can have the
        // connection of the one before.
        variables.put("FETCH_ATTEMPTS_MAX", "1");
        variables.put("FETCH_IN_FLIGHT_PER_HOST_MAX", "1");
        variables.put("JDK_JAVA_OPTIONS", ProcessLog.options(logs));
        Disturbance watching = new Disturbance() {
            @Override
            public void starting(FunctionEnvironment environment) {
                environments.add(environment);
            }
        };
        LocalStackSettings settings =
                new LocalStackSettings(home.template(), home.artifact(), all, variables, logs, false);
        StackSession session = StackSession.open(
                settings.withDrill(new Drill(null, null, null, WINDOW, 1, watching, new TableFaults(1))),
                streams,
                this);
        session.stack().startEventSourceMapping();
        return session;
    }

    private void run(LocalStack stack, HostileWeb web, List<String> bodies) throws InterruptedException {
        long before = stack.recordCount();
        stack.send(bodies);
        try (Progress bar = Progress.start(streams, 2L * web.size())) {
            progress = bar;
            new Drain(new Standstill(RunView.of(stack)), Thread::sleep, look -> bar.seen(look.finalRecords() - before))
                    .await()
                    .ifPresent(why -> bar.say("the run cannot go on: " + PrintableText.of(why)));
        }
    }

    private static HostileCheck check(LocalStack stack, HostileWeb web, String batchIdPrefix) {
        HostileCheck check = new HostileCheck(web.cases(), batchIdPrefix);
        stack.eachRecord(check::record);
        return check;
    }

    @Override
    public void beforeClose() {
        Progress bar = progress;
        if (bar != null) {
            bar.close();
        }
        streams.say("interrupted before all was proven.");
    }
}
