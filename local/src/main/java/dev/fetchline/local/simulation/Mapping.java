package dev.fetchline.local.simulation;

import dev.fetchline.queue.QueueMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// The event source mapping: gathers batches, invokes the function in as many environments as it may, and deletes what
/// was not reported back.
final class Mapping {
    private final World world;
    private final SplittableRandom random;
    private final Scale scale;
    private final List<Environment> environments = new ArrayList<>();
    private long nextPoll = Long.MAX_VALUE;
    private int invocations;
    private int started;

    /// How the function is deployed.
    ///
    /// @param timeout of the function
    /// @param batchMax messages a batch
    record Scale(Duration timeout, int batchMax) {
        /// As AWS wants it at least.
        Duration visibility() {
            return timeout.multipliedBy(6).plusSeconds(10);
        }
    }

    Mapping(World world, SplittableRandom random, Scale scale) {
        this.world = world;
        this.random = random;
        this.scale = scale;
    }

    /// Lets the mapping look at the queue at that time.
    void wakeAt(long nanos) {
        long at = Math.max(nanos, world.agenda().now()) + random.nextLong(300_000_000);
        if (at >= nextPoll && nextPoll >= world.agenda().now()) {
            return;
        }
        nextPoll = at;
        world.agenda().at(at, () -> {
            if (nextPoll == at) {
                nextPoll = Long.MAX_VALUE;
                poll();
            }
        });
    }

    private void poll() {
        while (working() < world.weather().environmentsMax()) {
            String id = "i%d".formatted(invocations + 1);
            List<QueueMessage> batch = world.queue().receive(1 + random.nextInt(scale.batchMax()), id);
            if (batch.isEmpty()) {
                break;
            }
            invocations++;
            environment().invoke(id, batch, scale.timeout(), (by, back) -> answered(id, batch, back));
        }
        world.queue().nextVisible().ifPresent(this::wakeUnlessBusy);
    }

    /// While all are at work, the end of one of them wakes the mapping.
    private void wakeUnlessBusy(long nanos) {
        if (working() < world.weather().environmentsMax()) {
            wakeAt(nanos);
        }
    }

    private long working() {
        return environments.stream()
                .filter(each -> each.isAlive() && !each.isIdle())
                .count();
    }

    private Environment environment() {
        environments.removeIf(each -> !each.isAlive());
        for (Environment each : List.copyOf(environments)) {
            if (each.isIdle()) {
                if (!world.faults().strikes(Fault.ENVIRONMENT_RETIRED)) {
                    return each;
                }
                each.kill("retired");
            }
        }
        Environment fresh = new Environment(world, "e%d".formatted(++started), random.split());
        environments.add(fresh);
        return fresh;
    }

    private void answered(String id, List<QueueMessage> batch, Set<String> back) {
        long now = world.agenda().now();
        if (world.faults().strikes(Fault.RESPONSE_LOST)) {
            world.history().add(new Event.ResponseLost(now, id));
        } else {
            for (QueueMessage message : batch) {
                if (!back.contains(message.messageId())) {
                    world.agenda()
                            .in(
                                    random.nextLong(1_000_000, 40_000_000),
                                    () -> world.queue().delete(message.messageId(), id));
                }
            }
        }
        wakeAt(now);
    }

    /// An environment has died.
    void ended(Environment dead) {
        environments.remove(dead);
        wakeAt(world.agenda().now());
    }
}
