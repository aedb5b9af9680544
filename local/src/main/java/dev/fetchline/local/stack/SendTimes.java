package dev.fetchline.local.stack;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.AbstractActor;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;

/// When the messages were sent that an ElasticMQ holds, by its own word: it tells of each that comes and goes.
///
/// SQS tells the age of a message only to who receives it, and each receive counts towards the dead-letter queue.
final class SendTimes {
    private final Map<String, Map<String, Instant>> byQueue = new HashMap<>();

    /// When the oldest message of the queue was sent; empty where it has none.
    synchronized Optional<Instant> oldest(String queue) {
        return of(queue).values().stream().min(Instant::compareTo);
    }

    /// Forgets the messages that were sent before then: a queue that is purged does not tell of each that is gone.
    synchronized void forget(String queue, Instant before) {
        of(queue).values().removeIf(sent -> sent.isBefore(before));
    }

    private synchronized void add(QueueEvent.MessageAdded event) {
        of(event.queueName())
                .put(event.message().id(), event.message().created().toInstant());
    }

    private synchronized void remove(QueueEvent.MessageRemoved event) {
        of(event.queueName()).remove(event.messageId());
    }

    private Map<String, Instant> of(String queue) {
        return byQueue.computeIfAbsent(queue, _ -> new HashMap<>());
    }

    /// What ElasticMQ tells. It waits for an answer to what concerns messages.
    static final class Listener extends AbstractActor {
        private final SendTimes times;

        Listener(SendTimes times) {
            this.times = times;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(QueueEvent.MessageAdded.class, event -> {
                        times.add(event);
                        answer();
                    })
                    .match(QueueEvent.MessageRemoved.class, event -> {
                        times.remove(event);
                        answer();
                    })
                    .match(QueueEvent.MessageUpdated.class, _ -> answer())
                    .matchAny(_ -> {})
                    .build();
        }

        private void answer() {
            getSender().tell(OperationSuccessful$.MODULE$, getSelf());
        }
    }
}
