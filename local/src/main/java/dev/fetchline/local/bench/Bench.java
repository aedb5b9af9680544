package dev.fetchline.local.bench;

import dev.fetchline.local.stack.FunctionHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// All that is asked for: each work by each program, in rounds, so that what slows the machine for a while slows all of
/// them.
public final class Bench implements AutoCloseable {
    private final FunctionHost host;
    private final Peers peers;
    private final BenchCertificate certificate;
    private final Path logs;
    private final Watcher watcher;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Run running;

    /// Told how far the bench is.
    public interface Watcher {
        /// Something to say in a sentence, such as that a program is left out.
        void say(String sentence);

        /// A run begins.
        ///
        /// @param urls that it has
        void begins(String run, int urls);

        /// So many URLs of the run are done.
        void done(int urls);

        /// The run has ended.
        void ended();
    }

    /// @param root of the checkout
    /// @param artifact the packaged function
    /// @param logs a directory for what the programs say
    public Bench(Path root, Path artifact, Path logs, Watcher watcher) {
        this.logs = logs;
        this.watcher = watcher;
        this.host = FunctionHost.open(root.resolve("template.yaml"), URI.create("http://127.0.0.1:9"), logs);
        this.peers = new Peers(root, artifact, host);
        this.certificate = BenchCertificate.make(logs);
    }

    /// The works that there are, by name.
    public static List<String> works() {
        return Works.NAMES;
    }

    /// The programs that there are, by name.
    public static List<String> programs() {
        return Peers.NAMES;
    }

    /// Does everything.
    ///
    /// @param works by name
    /// @param programs by name
    /// @param rounds of each work
    /// @param quick whether the sizes only show that all parts fit together
    public Results run(List<String> works, List<String> programs, int rounds, boolean quick)
            throws InterruptedException {
        List<Program> ready = ready(programs);
        List<Results.Sample> samples = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<Work> sized = works.stream().map(name -> Works.named(name, quick)).toList();
        for (Work work : sized) {
            for (int round = 0; round < rounds; round++) {
                for (Program program : turn(runs(work, ready), round)) {
                    one(work, program, round, rounds, samples, faults);
                }
            }
        }
        return new Results(sized, ready, samples, faults);
    }

    private List<Program> ready(List<String> names) throws InterruptedException {
        List<Program> ready = new ArrayList<>();
        for (String name : names) {
            try {
                ready.add(peers.named(name));
            } catch (BenchException e) {
                watcher.say(e.sentence());
            }
        }
        return ready;
    }

    /// Bodies make a difference to the record only; one work shows it.
    private static List<Program> runs(Work work, List<Program> programs) {
        return programs.stream()
                .filter(program -> !program.storesBodies() || work.name().equals("plain"))
                .toList();
    }

    /// Each round begins with another program.
    private static List<Program> turn(List<Program> programs, int round) {
        List<Program> turned = new ArrayList<>(programs);
        Collections.rotate(turned, -round);
        return turned;
    }

    private void one(
            Work work, Program program, int round, int rounds, List<Results.Sample> samples, List<String> faults) {
        watcher.begins("%s, %s, round %d of %d".formatted(work.name(), program.name(), round + 1, rounds), work.urls());
        try (Run run = new Run(program, work, host, certificate, logs)) {
            running = run;
            if (closed.get()) {
                return;
            }
            Run.Result result = run.execute(watcher::done);
            samples.add(new Results.Sample(work.name(), program.name(), result.figures()));
            if (result.repeated() > 0) {
                watcher.say("%s, %s: %,d URLs were fetched or recorded more than once."
                        .formatted(work.name(), program.name(), result.repeated()));
            }
        } catch (BenchException e) {
            faults.add(e.sentence());
            watcher.say(e.sentence());
        } finally {
            running = null;
            watcher.ended();
        }
    }

    /// Ends whatever is under way, the programs' processes first; a signal may do so beside the command.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        peers.close();
        Run run = running;
        if (run != null) {
            run.close();
        }
        host.close();
    }
}
