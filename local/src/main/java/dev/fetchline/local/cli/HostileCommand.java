package dev.fetchline.local.cli;

import dev.fetchline.local.hostile.HeapLog;
import dev.fetchline.local.hostile.HostileCase;
import dev.fetchline.local.hostile.HostileCases;
import dev.fetchline.local.hostile.HostileCheck;
import dev.fetchline.local.hostile.HostileMessages;
import dev.fetchline.local.hostile.HostileWeb;
import dev.fetchline.local.hostile.TlsDoors;
import dev.fetchline.local.stack.Disturbance;
import dev.fetchline.local.stack.Drill;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackSettings;
import dev.fetchline.local.table.TableFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `fetchline prove hostile`: the packaged function against servers that lie.
@Command(name = "hostile", description = "TODO", sortOptions = false)
final class HostileCommand implements Callable<Integer>, StackSession.Interruption {
    private final StandardStreams streams;
    private final Home home;
    private volatile @Nullable Progress progress;

    HostileCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path logs = LogDirectory.create(home.logDirectory(), "hostile");
        List<HostileCase> cases = HostileCases.all();
        try (HostileWeb web = HostileWeb.start(cases, TlsDoors.make(logs, "ip:127.2.0.1"))) {
            HostileCheck one = new HostileCheck(cases, "one-");
            HostileCheck all = new HostileCheck(cases, "all-");
            try (StackSession session = StackSession.open(settings(web, logs), streams, this)) {
                LocalStack stack = session.stack();
                long t0 = System.nanoTime();
                stack.send(HostileMessages.oneByOne(web, "one-"));
                try (Progress bar = Progress.start(streams, 4L * cases.size())) {
                    stack.startEventSourceMapping();
                    Optional<String> f = new Drain(new Standstill(RunView.of(stack)), Thread::sleep, bar::seen).await();
                    streams.out().println("one " + f + (System.nanoTime() - t0) / 1000000);
                    stack.send(HostileMessages.together(web, "all-", 400));
                    f = new Drain(new Standstill(RunView.of(stack)), Thread::sleep, bar::seen).await();
                    streams.out().println("all " + f + (System.nanoTime() - t0) / 1000000);
                }
                stack.eachRecord(one::record);
                stack.eachRecord(all::record);
                streams.out().println("environments " + stack.environmentsStarted() + " dead " + stack.deadLetters());
            }
            streams.out().println(HeapLog.read(logs));
            streams.out().println("cases " + cases.size() + " survived " + one.survived() + " " + all.survived());
            streams.out().println("denied " + web.connectionsToDenied() + " same connection " + web.goodBehindBad());
            streams.out().println(one.byKind());
            one.knownFaults().forEach((k, v) -> streams.out().println("known " + k + ": " + v));
            one.wrong().forEach(w -> streams.out().println("WRONG one " + w));
            all.wrong().forEach(w -> streams.out().println("WRONG all " + w));
        }
        return 0;
    }

    private LocalStackSettings settings(HostileWeb web, Path logs) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FETCH_ALLOW_NETWORKS", HostileWeb.NETWORK);
        variables.put("FETCH_ALLOW_PORTS", web.ports());
        variables.put("FETCH_ATTEMPTS_MAX", "1");
        variables.put("FETCH_IN_FLIGHT_PER_HOST_MAX", "1");
        variables.put("JDK_JAVA_OPTIONS", HeapLog.options(logs));
        return new LocalStackSettings(
                        home.template(),
                        home.artifact(),
                        Map.of("MaximumConcurrency", "2", "BatchSize", "1000"),
                        variables,
                        logs,
                        !home.isLinux())
                .withDrill(
                        new Drill(null, null, null, Duration.ofMillis(500), 1, Disturbance.NONE, new TableFaults(1)));
    }

    @Override
    public void beforeClose() {}
}
