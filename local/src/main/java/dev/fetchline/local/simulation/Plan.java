package dev.fetchline.local.simulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is put on the queue and what stands behind each URL, known to the checker.
///
/// @param submissions in the order of their times
/// @param pages by every URL that leads to them
/// @param hosts how each name resolves
/// @param settings of the function, as environment variables
record Plan(
        List<Submission> submissions,
        Map<String, Page> pages,
        Map<String, SimulatedNames.Host> hosts,
        Map<String, String> settings,
        Mapping.Scale scale) {
    /// One message of a sender.
    ///
    /// @param atNanos when it is sent
    /// @param batchId its own; null where its message id stands for it
    /// @param entries of a readable message
    record Submission(
            long atNanos, Kind kind, String body, @Nullable String batchId, List<Entry> entries) {}

    /// What a message is.
    enum Kind {
        READABLE,
        UNREADABLE,
        /// Looks like a deferral of our own, and is none.
        FORGED
    }

    /// An entry of a message.
    ///
    /// @param submitted as it stands in the message, or the text of an entry that is none
    /// @param url the sort key of its record
    /// @param page behind it; null where nothing may be fetched
    record Entry(String submitted, String url, @Nullable Page page) {}

    /// What the pipeline takes for the size of its heap.
    long heapBytes() {
        return 64L * 1024 * 1024;
    }

    int attemptsMax() {
        return Integer.parseInt(settings.getOrDefault("FETCH_ATTEMPTS_MAX", "4"));
    }

    int setting(String name, int otherwise) {
        return Integer.parseInt(settings.getOrDefault(name, Integer.toString(otherwise)));
    }
}
