package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/// What an emulator's queues and table hold before a run sends anything: it is not the run's own.
///
/// @param messages on the queue
/// @param records in the table
/// @param deadLetters on the dead-letter queue
/// @param deadLetterIds of them, as far as they are looked at
record EarlierWork(long messages, long records, long deadLetters, Set<String> deadLetterIds) {
    static final EarlierWork NONE = new EarlierWork(0, 0, 0, Set.of());

    /// Servers of our own start empty, and are not asked.
    static EarlierWork of(LocalStack stack) {
        return stack.isOnEmulator()
                ? new EarlierWork(
                        stack.messagesLeft(),
                        stack.recordCount(),
                        stack.deadLetters(),
                        stack.deadLetterMessages().stream()
                                .map(Message::messageId)
                                .collect(Collectors.toUnmodifiableSet()))
                : NONE;
    }

    /// Says that the run waits for them too: it ends when the queue is empty.
    void say(StandardStreams streams) {
        if (messages > 0) {
            streams.say(("the queue holds %d messages already: they are worked on as well, and waited for (those that"
                            + " an interrupted run was working on come back after the queue's visibility timeout).")
                    .formatted(messages));
        }
    }

    /// Those that have come since.
    List<Message> newOnes(List<Message> letters) {
        return letters.stream()
                .filter(letter -> !deadLetterIds.contains(letter.messageId()))
                .toList();
    }
}
