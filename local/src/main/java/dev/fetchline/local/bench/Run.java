package dev.fetchline.local.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.fetchline.local.stack.FunctionEnvironment;
import dev.fetchline.local.stack.FunctionHost;
import dev.fetchline.local.stack.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One program doing one work, from the start of its process to the answer to the last event.
final class Run implements AutoCloseable {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Program program;
    private final Work work;
    private final FunctionHost host;
    private final Path scratch;
    private final Ledger ledger;
    private final BenchWeb web;
    private final BenchTable table;
    private final @Nullable BenchCertificate certificate;
    private volatile @Nullable FunctionEnvironment environment;
    private volatile boolean closed;

    /// @param scratch for a file that the program reads
    Run(Program program, Work work, FunctionHost host, BenchCertificate certificate, Path scratch) {
        this.program = program;
        this.work = work;
        this.host = host;
        this.scratch = scratch;
        this.certificate = work.tls() ? certificate : null;
        Pages pages = new Pages(work.bodyBytes(), work.tls());
        ledger = new Ledger(pages, work.urls());
        web = BenchWeb.start(work, pages, ledger, this.certificate);
        table = BenchTable.start(ledger);
    }

    /// Works through all events.
    ///
    /// @param progress told how many URLs are done
    /// @throws BenchException where the program failed, a URL was not fetched, or a record is missing or wrong
    Result execute(IntConsumer progress) {
        long ownCpu = ownCpuMicros();
        long started = System.nanoTime();
        FunctionEnvironment running = host.start(launch());
        environment = running;
        if (closed) {
            running.close();
        }
        Optional<String> reason = running.awaitReady();
        if (reason.isPresent()) {
            throw fault("did not start: " + reason.get());
        }
        List<Mark> marks = new ArrayList<>();
        int done = 0;
        for (int urls : work.events()) {
            marks.add(handOut(running, done, urls));
            done += urls;
            progress.accept(done);
        }
        List<String> faults = new ArrayList<>(ledger.faults());
        if (work.tls() && web.connections() < done) {
            faults.add("%,d URLs came over %,d connections; each must have its own".formatted(done, web.connections()));
        }
        if (!faults.isEmpty()) {
            throw fault(String.join("; ", faults));
        }
        Map<Measure, Double> figures = Figures.of(work, started, marks, ledger);
        figures.put(Measure.SERVERS_CPU, (double) (ownCpuMicros() - ownCpu) / done);
        return new Result(figures, ledger.repeated(), ledger.attributeNames());
    }

    /// @param repeated URLs fetched or records written more than once
    /// @param attributes that its records have
    record Result(Map<Measure, Double> figures, int repeated, Set<String> attributes) {}

    /// What web, table and Runtime API took: all of them are in this process.
    private static long ownCpuMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / NANOS_PER_MICRO;
    }

    private Mark handOut(FunctionEnvironment running, int first, int urls) {
        String event = host.event(work.bodies(first, urls, web.port()));
        long handedOut = System.nanoTime();
        Invocation invocation = running.invoke(event);
        long returned = System.nanoTime();
        if (!invocation.succeeded()) {
            throw fault("failed in the event that begins at URL %,d: %s".formatted(first, invocation.payload()));
        }
        if (!invocation.payload().replaceAll("\\s", "").equals("{\"batchItemFailures\":[]}")) {
            throw fault("reported messages back in the event that begins at URL %,d: %s"
                    .formatted(first, invocation.payload()));
        }
        return new Mark(first + urls, handedOut, returned, ProcessReading.of(running.pid()));
    }

    private BenchException fault(String what) {
        return new BenchException(
                "%s, %s: it %s (its log is %s)".formatted(work.name(), program.name(), what, host.log()));
    }

    private FunctionHost.Program launch() {
        int memoryMb = work.memoryMb() == 0 ? host.memoryMb() : work.memoryMb();
        return new FunctionHost.Program(
                program.start().command(memoryMb, hostsFile()),
                program.directory(),
                memoryMb,
                variables(),
                table.endpoint(),
                // Nobody listens there: a program that puts a URL back on the queue fails, and the run with it.
                URI.create("http://127.0.0.1:9"));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FETCH_IN_FLIGHT_MAX", Integer.toString(work.inFlight()));
        variables.put("FETCH_IN_FLIGHT_PER_HOST_MAX", Integer.toString(work.perHost()));
        variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
        variables.put("FETCH_ALLOW_PORTS", Integer.toString(web.port()));
        if (!program.storesBodies()) {
            variables.put("FETCH_STORE_BODY", "none");
        }
        if (certificate != null) {
            variables.put("FETCH_EXTRA_CA_FILE", certificate.authority().toString());
        }
        variables.put(
                "FETCH_RESOLVE",
                work.addresses().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ")));
        return variables;
    }

    /// For a program that takes names from a file, as the JDK can.
    private String hostsFile() {
        if (work.hosts() == 0) {
            return "";
        }
        try {
            Path file = scratch.resolve("hosts");
            return Files.write(
                            file,
                            work.addresses().entrySet().stream()
                                    .map(entry -> entry.getValue() + " " + entry.getKey())
                                    .toList())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process, if it is there, and the servers.
    @Override
    public void close() {
        closed = true;
        FunctionEnvironment running = environment;
        if (running != null) {
            running.close();
        }
        web.close();
        table.close();
    }
}
