package dev.fetchline.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;

/// What code one run of a target went through: a flag for each stretch of code between two branches,
/// set by the
/// instrumented classes as they run. Not for several threads: a run is one.
public final class Probes {
    private static final Map<Integer, Probes> RUNS = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT_RUN = new AtomicInteger();

    private final int run = NEXT_RUN.incrementAndGet();
    private final List<ClassProbes> classes = new ArrayList<>();

    /// A class's flags of the input under way, and those of all inputs.
    private record ClassProbes(long id, String name, boolean[] now, boolean[] ever) {}

    Probes() {
        RUNS.put(run, this);
    }

    int run() {
        return run;
    }

    /// Called by instrumented code once for each class that is loaded: the array whose flags it sets.
    public static synchronized boolean[] of(int run, long classId, String name, int count) {
        Probes probes = RUNS.get(run);
        boolean[] flags = new boolean[count];
        if (probes != null) {
            probes.classes.add(new ClassProbes(classId, name, flags, new boolean[count]));
        }
        return flags;
    }

    /// What one input added.
    ///
    /// @param newOnes flags that no input before had set
    /// @param path a hash of all flags that it set
    record Seen(int newOnes, long path) {}

    /// Takes stock of the input that just ran, and clears the flags for the next.
    Seen take() {
        int newOnes = 0;
        long path = 0;
        for (ClassProbes probes : classes) {
            boolean[] now = probes.now;
            for (int i = 0; i < now.length; i++) {
                if (now[i]) {
                    path += (probes.id + i + 1) * 0x9E37_79B9_7F4A_7C15L ^ (long) i << 40;
                    if (!probes.ever[i]) {
                        probes.ever[i] = true;
                        newOnes++;
                    }
                }
            }
            Arrays.fill(now, false);
        }
        return new Seen(newOnes, path);
    }

    /// Of all inputs so far.
    ExecutionDataStore executionData() {
        ExecutionDataStore store = new ExecutionDataStore();
        classes.forEach(probes -> store.put(new ExecutionData(probes.id, probes.name, probes.ever.clone())));
        return store;
    }

    void close() {
        RUNS.remove(run);
    }
}
