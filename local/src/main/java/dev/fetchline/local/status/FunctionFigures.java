package dev.fetchline.local.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of the function and of the age of its messages.
///
/// @param oldest age of the oldest message of the queue
/// @param environments that are there, or that worked at once in the last minutes
/// @param failedInvocations in the last minutes
/// @param lastErrors latest last
/// @param notes what could not be asked, and why
/// @param logCommand that shows more
record FunctionFigures(
        Optional<Duration> oldest,
        OptionalLong environments,
        OptionalLong failedInvocations,
        List<String> lastErrors,
        List<String> notes,
        Optional<String> logCommand) {
    static final FunctionFigures UNKNOWN = new FunctionFigures(
            Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(), List.of(), Optional.empty());
}
