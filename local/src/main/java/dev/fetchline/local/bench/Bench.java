package dev.fetchline.local.bench;

import dev.fetchline.local.stack.FunctionHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is asked for: each work by each program, in rounds, so that what slows the machine for a while slows all of
/// them.
public final class Bench implements AutoCloseable {
    private final FunctionHost host;
    private final Peers peers;
    private final BenchCertificate certificate;
    private final Path logs;
    private final Watcher watcher;
    private final Map<String, Set<String>> attributesSeen = new HashMap<>();
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

    /// Makes the servers' certificate; nothing is started yet.
    ///
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

    /// The programs that are run where none is named.
    public static List<String> programs() {
        return Peers.NAMES;
    }

    /// The programs that there are, by name.
    public static List<String> allPrograms() {
        return Stream.concat(Peers.NAMES.stream(), Peers.MORE.stream()).toList();
    }

    /// Does everything.
    ///
    /// @param works by name
    /// @param programs by name
    /// @param rounds of each work
    /// @param quick whether the sizes only show that all parts fit together
    public Results run(List<String> works, List<String> programs, int rounds, boolean quick)
            throws InterruptedException {
        List<Work> sized = works.stream().map(name -> Works.named(name, quick)).toList();
        Results results = new Results(sized, ready(programs), rounds);
        for (Work work : sized) {
            int its = work.rounds(rounds);
            for (int round = 0; round < its; round++) {
                for (Program program : turn(runs(work, results.programs()), round)) {
                    if (!closed.get()) {
                        one(work, program, "round %d of %d".formatted(round + 1, its), results);
                    }
                }
            }
        }
        return results;
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

    /// Bodies make a difference to the record only; one work shows it. How much memory a million URLs take is asked of
    /// the function alone: the others have no target there, and would need half an hour.
    private static List<Program> runs(Work work, List<Program> programs) {
        return programs.stream()
                .filter(program -> !program.storesBodies() || work.name().equals("plain"))
                .filter(program ->
                        !work.name().equals("memory") || program.name().startsWith("fetchline"))
                .toList();
    }

    /// Each round begins with another program.
    private static List<Program> turn(List<Program> programs, int round) {
        List<Program> turned = new ArrayList<>(programs);
        Collections.rotate(turned, -round);
        return turned;
    }

    private void one(Work work, Program program, String round, Results results) {
        watcher.begins("%s, %s, %s".formatted(work.name(), program.name(), round), work.urls());
        try (Run run = new Run(program, work, host, certificate, logs)) {
            running = run;
            if (closed.get()) {
                return;
            }
            Run.Result result = run.execute(watcher::done);
            results.add(work, program, result.figures());
            same(work, program, result.attributes(), results);
            if (result.repeated() > 0) {
                watcher.say("%s, %s: %,d URLs were fetched or recorded more than once."
                        .formatted(work.name(), program.name(), result.repeated()));
            }
        } catch (BenchException e) {
            results.fault(e.sentence());
            watcher.say(e.sentence());
        } finally {
            running = null;
            watcher.ended();
        }
    }

    /// A peer whose records have less in them would be cheaper for it.
    private void same(Work work, Program program, Set<String> attributes, Results results) {
        if (program.storesBodies()) {
            return;
        }
        Set<String> others = attributesSeen.computeIfAbsent(work.name(), _ -> attributes);
        if (!attributes.equals(others)) {
            Set<String> different = new TreeSet<>(attributes);
            different.addAll(others);
            different.removeIf(name -> attributes.contains(name) && others.contains(name));
            results.fault("%s, %s: its records differ from those of others in the attributes %s"
                    .formatted(work.name(), program.name(), String.join(", ", different)));
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
