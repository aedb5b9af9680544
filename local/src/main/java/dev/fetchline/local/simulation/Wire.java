package dev.fetchline.local.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The way to a service of AWS and back. Whatever happens to the caller, what was sent may still arrive.
final class Wire {
    private final World world;
    private final Environment environment;

    Wire(World world, Environment environment) {
        this.world = world;
        this.environment = environment;
    }

    /// What happens to one call on its way.
    ///
    /// @param arrives whether the service gets it
    /// @param answered whether the caller gets the answer
    record Way(boolean arrives, boolean answered, boolean slow) {}

    /// A call as the SDK makes it.
    ///
    /// @param service what the service does, at its own time; may throw what the SDK would
    /// @param dropped told where the call had no seen effect
    <T> CompletableFuture<T> call(Way way, Supplier<T> service, Runnable dropped) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!environment.stepsOut()) {
            return answer;
        }
        var random = world.faults().random();
        long there = random.nextLong(500_000, 8_000_000);
        long back = way.slow ? random.nextLong(Duration.ofSeconds(25).toNanos()) : random.nextLong(500_000, 20_000_000);
        // What was cancelled, or sent by a process that died, is on the wire all the same, most of the time.
        boolean survivesItsSender = random.nextInt(4) != 0;
        world.agenda().in(there, () -> {
            boolean deserted = answer.isDone() || !environment.isAlive();
            if (!way.arrives || (deserted && !survivesItsSender)) {
                dropped.run();
                complete(lostAfter(random.nextLong(Duration.ofSeconds(12).toNanos())), answer, null, lost());
                return;
            }
            T value = null;
            Throwable failure = null;
            try {
                value = service.get();
            } catch (RuntimeException refused) {
                failure = refused;
            }
            if (!way.answered) {
                dropped.run();
                complete(lostAfter(random.nextLong(Duration.ofSeconds(12).toNanos())), answer, null, lost());
            } else {
                complete(back, answer, value, failure);
            }
        });
        return answer;
    }

    /// Some answers never come; the SDK's own timeouts are far off.
    private long lostAfter(long nanos) {
        return world.faults().random().nextInt(3) == 0 ? Duration.ofDays(365).toNanos() : nanos;
    }

    private static SdkClientException lost() {
        return SdkClientException.create("Unable to execute HTTP request: connection reset");
    }

    private <T> void complete(
            long nanos,
            CompletableFuture<T> answer,
            @org.jspecify.annotations.Nullable T value,
            @org.jspecify.annotations.Nullable Throwable failure) {
        if (nanos >= Duration.ofDays(365).toNanos()) {
            return;
        }
        world.agenda()
                .in(
                        nanos,
                        () -> environment.enter(() -> {
                            if (failure != null) {
                                answer.completeExceptionally(failure);
                            } else {
                                answer.complete(value);
                            }
                        }));
    }
}
