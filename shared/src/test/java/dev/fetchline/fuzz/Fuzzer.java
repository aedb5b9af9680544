package dev.fetchline.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One run of one target: the corpus first, then inputs by grammar and by mutation, up to a number or a
/// moment. The
/// same
/// seed makes the same inputs, as long as code, grammar and corpus stay as they are.
public final class Fuzzer {
    /// Far above what any input takes. Only the harness itself looks at a clock.
    private static final long HANGS_AFTER_NANOS = 30_000_000_000L;

    private static final int FINDINGS_MAX = 5;

    private final Subject subject;
    private final long seed;
    private final Limit limit;
    private final Probes probes = new Probes();
    private final FuzzTarget target;
    private final RandomGenerator random;
    private final Mutator mutator;
    private final List<String> seeds;
    private final Corpus corpus;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private volatile String current = "";
    private volatile long currentSince = System.nanoTime();
    private volatile long inputs;
    private volatile @Nullable Throwable harnessFault;

    /// When a run ends.
    ///
    /// @param inputs after so many
    /// @param nanos or after so long
    /// @param findings or with so many findings
    public record Limit(long inputs, long nanos, int findings) {
        /// A number of inputs, whatever time they take.
        public static Limit ofInputs(long inputs) {
            return new Limit(inputs, Long.MAX_VALUE, FINDINGS_MAX);
        }

        /// A time, whatever number of inputs it allows.
        public static Limit ofNanos(long nanos) {
            return new Limit(Long.MAX_VALUE, nanos, FINDINGS_MAX);
        }

        /// The first finding ends it.
        Limit toFirstFinding() {
            return new Limit(inputs, nanos, 1);
        }
    }

    private Fuzzer(Subject subject, long seed, Limit limit, @Nullable DeliberateBug bug) {
        this.subject = subject;
        this.seed = seed;
        this.limit = limit;
        target = new FuzzLoader(subject.classNames(), bug, probes).newTarget(subject.targetClass());
        random = new SplittableRandom(seed);
        mutator = new Mutator(random, target.dictionary(), target.charMax());
        seeds = Corpus.seedsOf(subject.label());
        corpus = new Corpus(seeds);
    }

    /// Runs the target.
    public static FuzzReport run(Subject subject, long seed, Limit limit) throws InterruptedException {
        return run(subject, seed, limit, null);
    }

    /// Runs the target on code with a bug in it.
    static FuzzReport run(Subject subject, long seed, Limit limit, @Nullable DeliberateBug bug)
            throws InterruptedException {
        return new Fuzzer(subject, seed, limit, bug).run();
    }

    /// What is broken by one input on the code as it is; null if nothing is.
    public static @Nullable Throwable replay(Subject subject, String input) {
        return new Fuzzer(subject, 0, Limit.ofInputs(1), null).failureOf(input);
    }

    private FuzzReport run() throws InterruptedException {
        long start = System.nanoTime();
        currentSince = start;
        Thread worker =
                Thread.ofPlatform().daemon().name("fuzz-" + subject.label()).start(() -> work(start));
        boolean hangs = false;
        while (!worker.join(java.time.Duration.ofMillis(200)) && !hangs) {
            hangs = System.nanoTime() - currentSince > HANGS_AFTER_NANOS;
        }
        if (harnessFault != null) {
            throw new IllegalStateException("the fuzzer itself failed", harnessFault);
        }
        if (hangs) {
            String where = List.of(worker.getStackTrace()).toString();
            findings.add(new Finding(subject, seed, inputs, current, "comes to an end", where));
        }
        FuzzReport report = new FuzzReport(
                subject,
                seed,
                inputs,
                System.nanoTime() - start,
                LineCoverage.of(subject.classNames(), probes),
                corpus.size(),
                corpus.waysSeen(),
                findings);
        probes.close();
        return report;
    }

    private void work(long start) {
        try {
            for (long i = 0; i < limit.inputs && findings.size() < limit.findings; i++) {
                currentSince = System.nanoTime();
                if (currentSince - start > limit.nanos) {
                    return;
                }
                current = i < seeds.size() ? seeds.get((int) i) : next();
                inputs = i + 1;
                Throwable failure = failureOf(current);
                corpus.judge(current, probes.take(), random);
                if (failure != null) {
                    found(current, failure);
                }
            }
        } catch (RuntimeException | Error fault) {
            harnessFault = fault;
        }
    }

    private String next() {
        int kind = random.nextInt(10);
        if (kind < 3) {
            return target.generate(random);
        }
        String from = kind < 5 ? target.generate(random) : corpus.pick(random);
        return mutator.mutate(from, corpus.pick(random));
    }

    private @Nullable Throwable failureOf(String input) {
        try {
            target.check(input);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private void found(String input, Throwable failure) {
        String promise = Finding.promiseOf(failure);
        if (!broken.add(promise)) {
            return;
        }
        String small = Shrinker.shrink(input, less -> breaks(promise, less));
        Throwable last = Objects.requireNonNullElse(failureOf(small), failure);
        probes.take();
        String detail = String.valueOf(last);
        findings.add(new Finding(subject, seed, inputs, small, promise, detail.replace('\n', ' ')));
    }

    private boolean breaks(String promise, String input) {
        currentSince = System.nanoTime();
        Throwable failure = failureOf(input);
        return failure != null && Finding.promiseOf(failure).equals(promise);
    }
}
