package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The AWS side of Fetchline on one machine, made from template.yaml: the queue and its dead-letter queue, the table,
/// and an event source mapping that feeds the packaged function.
public final class LocalStack implements AutoCloseable {
    private LocalStack() {}

    /// Starts the servers and creates the template's resources; the function's environments start when messages come.
    ///
    /// @throws LocalStackException with one sentence for a person
    public static LocalStack start(LocalStackSettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    public String queueUrl() {
        throw new UnsupportedOperationException();
    }

    public String deadLetterQueueUrl() {
        throw new UnsupportedOperationException();
    }

    public String table() {
        throw new UnsupportedOperationException();
    }

    public URI sqsEndpoint() {
        throw new UnsupportedOperationException();
    }

    public URI dynamoDbEndpoint() {
        throw new UnsupportedOperationException();
    }

    /// Where the function writes its log lines.
    public Path functionLog() {
        throw new UnsupportedOperationException();
    }

    /// Sends message bodies to the queue, ten at a time within the queue's limits; returns their message ids in order.
    public List<String> send(List<String> bodies) {
        throw new UnsupportedOperationException(bodies.toString());
    }

    /// Messages on the queue that are visible, in flight or delayed.
    public long messagesLeft() {
        throw new UnsupportedOperationException();
    }

    /// Messages on the dead-letter queue.
    public long deadLetters() {
        throw new UnsupportedOperationException();
    }

    /// Stops everything within 5 s; leaves no process behind.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
