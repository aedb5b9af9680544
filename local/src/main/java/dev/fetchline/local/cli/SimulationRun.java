package dev.fetchline.local.cli;

import dev.fetchline.local.simulation.Fault;
import dev.fetchline.local.simulation.Simulation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Many seeds on all cores, up to the first that breaks a promise.
final class SimulationRun {
    private final long first;
    private final long seeds;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final AtomicLong next = new AtomicLong();
    private final Map<Fault, Long> survived = new EnumMap<>(Fault.class);
    private long done;
    private long urls;
    private long requests;
    private long nanos;
    private @Nullable Throwable failure;
    private Simulation.@Nullable Report broken;

    SimulationRun(long first, long seeds) {
        this.first = first;
        this.seeds = seeds;
    }

    void run(Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().daemon().name("simulation-" + i).start(() -> work(progress)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        nanos = System.nanoTime() - start;
        if (failure != null) {
            throw new IllegalStateException("the simulator itself failed", failure);
        }
    }

    private void work(Progress progress) {
        try {
            for (long at = next.getAndIncrement(); at < seeds && !isOver(); at = next.getAndIncrement()) {
                add(Simulation.run(first + at), progress);
            }
        } catch (RuntimeException | Error fault) {
            fail(fault);
        }
    }

    private synchronized boolean isOver() {
        return broken != null || failure != null;
    }

    private synchronized void fail(Throwable fault) {
        failure = fault;
    }

    private synchronized void add(Simulation.Report report, Progress progress) {
        done++;
        urls += report.urls();
        requests += report.requests();
        report.survived().forEach((fault, count) -> survived.merge(fault, (long) count, Long::sum));
        // Of several that break one at once, the lowest: so that two runs name the same, mostly.
        if (!report.holds() && (broken == null || report.seed() < broken.seed())) {
            broken = report;
        }
        progress.seen(done);
    }

    synchronized Simulation.@Nullable Report broken() {
        return broken;
    }

    synchronized Map<Fault, Long> survived() {
        return survived;
    }

    synchronized long done() {
        return done;
    }

    synchronized long urls() {
        return urls;
    }

    synchronized long requests() {
        return requests;
    }

    int threads() {
        return threads;
    }

    double seedsPerSecond() {
        return done() * 1e9 / nanos;
    }
}
