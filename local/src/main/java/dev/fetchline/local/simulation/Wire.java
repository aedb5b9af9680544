package dev.fetchline.local.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The way to a service of AWS and back, with the SDK's own retries and time limit already behind it. Whatever happens
/// to the caller, what was sent may still arrive.
final class Wire {
    /// The function's limit on a call, retries of the SDK included.
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

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
    /// @param slow whether that takes seconds
    record Way(boolean arrives, boolean answered, boolean slow) {}

    /// A call as the SDK makes it.
    ///
    /// @param service what the service does, at its own time; may throw what the SDK would
    /// @param unseen told once if the caller does not hear of what the service did, or it did nothing
    <T> CompletableFuture<T> call(Way way, Supplier<T> service, Runnable unseen) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (environment.stepsOut()) {
            new Call<>(way, service, unseen, answer).start();
        }
        return answer;
    }

    private final class Call<T> {
        private final Way way;
        private final Supplier<T> service;
        private final Runnable unseen;
        private final CompletableFuture<T> answer;
        private final long start = world.agenda().now();

        Call(Way way, Supplier<T> service, Runnable unseen, CompletableFuture<T> answer) {
            this.way = way;
            this.service = service;
            this.unseen = unseen;
            this.answer = answer;
        }

        private void start() {
            SplittableRandom random = world.faults().random();
            long there = random.nextLong(500_000, 8_000_000);
            long back =
                    way.slow ? random.nextLong(CALL_TIMEOUT.toNanos() * 3 / 2) : random.nextLong(500_000, 20_000_000);
            long lost = random.nextInt(3) == 0 ? CALL_TIMEOUT.toNanos() : random.nextLong(CALL_TIMEOUT.toNanos());
            // What was cancelled, or sent by a process that died, is on the wire all the same, most of the time.
            boolean survivesItsSender = random.nextInt(4) != 0;
            var _ = answer.whenComplete((_, failure) -> {
                if (answer.isCancelled() || failure instanceof SdkClientException) {
                    unseen.run();
                }
            });
            world.agenda().in(there, () -> {
                boolean deserted = answer.isDone() || !environment.isAlive();
                if (way.arrives && (!deserted || survivesItsSender)) {
                    serve(back, lost);
                } else {
                    fail(lost);
                }
            });
        }

        private void serve(long back, long lost) {
            T value = null;
            RuntimeException refusal = null;
            try {
                value = service.get();
            } catch (RuntimeException refused) {
                refusal = refused;
            }
            if (!way.answered || world.agenda().now() + back - start >= CALL_TIMEOUT.toNanos()) {
                fail(lost);
            } else {
                complete(back, value, refusal);
            }
        }

        private void fail(long nanos) {
            boolean late = nanos >= CALL_TIMEOUT.toNanos();
            SdkClientException failure = late
                    ? ApiCallTimeoutException.create(CALL_TIMEOUT.toMillis())
                    : SdkClientException.create("Unable to execute HTTP request: connection reset");
            complete(nanos, null, failure);
        }

        private void complete(long nanos, @Nullable T value, @Nullable RuntimeException failure) {
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
}
