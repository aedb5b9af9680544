package dev.fetchline.local.simulation;

import java.util.SplittableRandom;

/// All chance of a world, from one seed. Each purpose draws from a stream of its own, so that one more draw here moves
/// nothing there.
final class Randomness {
    private final long seed;

    Randomness(long seed) {
        this.seed = seed;
    }

    SplittableRandom of(String purpose) {
        // String.hashCode is specified, so it is the same in every JVM.
        return new SplittableRandom(new SplittableRandom(seed ^ (0x9e3779b97f4a7c15L * purpose.hashCode())).nextLong());
    }
}
