package dev.fetchline.local.simulation;

import dev.fetchline.pace.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// Time as an environment sees it: its wall clock may be wrong and may jump, its monotonic clock is true.
final class EnvironmentTime implements Time {
    private final World world;
    private final Environment environment;
    private final SplittableRandom random;
    private Duration skew = Duration.ZERO;

    EnvironmentTime(World world, Environment environment, SplittableRandom random) {
        this.world = world;
        this.environment = environment;
        this.random = random;
        jump();
    }

    /// Sets the wall clock anew, within what the weather allows.
    void jump() {
        long max = world.weather().skewMax().toMillis();
        skew = Duration.ofMillis(max == 0 ? 0 : random.nextLong(-max, max + 1));
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(world.wallMillis()).plus(skew);
    }

    @Override
    public long nanoTime() {
        // Far from zero, as a real one may be.
        return world.agenda().now() + 1_000_000_000_000_000L;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        boolean[] cancelled = new boolean[1];
        world.agenda().in(delay, () -> {
            if (!cancelled[0]) {
                environment.enter(() -> {
                    if (!cancelled[0]) {
                        task.run();
                    }
                });
            }
        });
        return () -> cancelled[0] = true;
    }
}
