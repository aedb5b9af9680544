package dev.fetchline.local.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a stack is doing. What cannot be known where it runs is empty, never 0.
///
/// @param name of the stack, for a person
/// @param queue messages to work on
/// @param oldest age of the oldest of them
/// @param deadLetters messages that could not be read or kept failing
/// @param environments of the function that are there, or that worked at once in the last minutes
/// @param failedInvocations in the last [#RECENT]
/// @param lastErrors what the function said of them, latest last
/// @param notes one sentence each: what could not be asked, and why
/// @param logCommand that shows more, to paste
public record StackStatus(
        String name,
        Depth queue,
        Optional<Duration> oldest,
        Depth deadLetters,
        OptionalLong environments,
        OptionalLong failedInvocations,
        List<String> lastErrors,
        List<String> notes,
        Optional<String> logCommand) {
    /// How far back counts reach.
    public static final Duration RECENT = Duration.ofMinutes(15);

    /// Messages of a queue, by their state. SQS calls all three approximate.
    ///
    /// @param waiting that can be received now
    /// @param inFlight received and not yet deleted: being worked on, or waiting out their visibility timeout
    /// @param delayed sent with a delay that is not over
    public record Depth(long waiting, long inFlight, long delayed) {
        /// All messages.
        public long all() {
            return waiting + inFlight + delayed;
        }
    }

    /// Whether nothing asks for a person.
    public boolean isWell() {
        return deadLetters.all() == 0 && failedInvocations.orElse(0) == 0;
    }
}
