package dev.fetchline.local.cli;

import dev.fetchline.fuzz.FuzzReport;
import dev.fetchline.fuzz.Fuzzer;
import dev.fetchline.fuzz.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Fuzz targets on all cores, each for its share of the time.
final class FuzzRun {
    private final ConcurrentLinkedQueue<Subject> left;
    private final long seed;
    private final int threads;
    private final Fuzzer.Limit limit;
    private final List<FuzzReport> reports = new ArrayList<>();
    private @Nullable Throwable failure;

    /// @param time of the whole run
    FuzzRun(List<Subject> subjects, long seed, Duration time) {
        this.left = new ConcurrentLinkedQueue<>(subjects);
        this.seed = seed;
        this.threads = Math.min(Runtime.getRuntime().availableProcessors(), subjects.size());
        this.limit = Fuzzer.Limit.ofNanos(time.toNanos() * threads / subjects.size());
    }

    /// @param ended told of each target as it ends
    List<FuzzReport> run(Consumer<FuzzReport> ended) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().daemon().name("fuzz-run-" + i).start(() -> work(ended)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (failure != null) {
            throw new IllegalStateException("the fuzzer itself failed", failure);
        }
        return List.copyOf(reports);
    }

    private void work(Consumer<FuzzReport> ended) {
        try {
            for (Subject next = left.poll(); next != null; next = left.poll()) {
                add(Fuzzer.run(next, seed, limit), ended);
            }
        } catch (InterruptedException | RuntimeException | Error fault) {
            fail(fault);
        }
    }

    private synchronized void add(FuzzReport report, Consumer<FuzzReport> ended) {
        reports.add(report);
        ended.accept(report);
    }

    private synchronized void fail(Throwable fault) {
        failure = fault;
    }
}
