package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStackException;
import dev.fetchline.local.submit.SubmitException;
import dev.fetchline.local.target.TargetException;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;

/// The one place where a thrown fault becomes a sentence and an exit code.
///
/// @param verbose whether the stack trace is shown as well
record FaultReport(StandardStreams streams, Home home, boolean verbose) {
    /// Says what went wrong and gives the code to exit with.
    int exitCodeOf(Exception fault) {
        String message = Objects.requireNonNullElse(fault.getMessage(), "");
        switch (fault) {
            case CliException known when known.exitCode() == ExitCode.READER_GONE -> {}
            case CliException _, LocalStackException _, TargetException _, SubmitException _ -> streams.say(message);
            case SdkException aws -> streams.say(AwsFault.sentenceOf(aws));
            default ->
                streams.say(
                        "unexpected %s%s: please report it with the output of `fetchline --verbose ...`; logs are in %s."
                                .formatted(fault.getClass().getSimpleName(), detailOf(message), home.logDirectory()));
        }
        if (verbose) {
            streams.trace(fault);
        }
        return fault instanceof CliException known ? known.exitCode() : ExitCode.USAGE_OR_UNFINISHED;
    }

    private static String detailOf(String message) {
        return message.isEmpty() ? "" : " (" + PrintableText.of(message) + ")";
    }
}
