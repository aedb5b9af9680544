package dev.fetchline.pipeline;

import dev.fetchline.progress.ProgressTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an invocation gives back.
///
/// @param messages in the batch, each once
/// @param settled one for each distinct key
/// @param quarantined messages on the dead-letter queue now, with the reason
/// @param remarks on messages that were read and are odd: deferrals of an unknown version, or with times that cannot be
/// @param reportedBack ids of the messages that must come again; every other one is acknowledged
/// @param progress what became of the rows of progress
public record BatchVerdict(
        int messages,
        List<Settled> settled,
        List<QuarantineResult> quarantined,
        List<Remark> remarks,
        Set<String> reportedBack,
        int duplicates,
        int duplicatesWithOtherOptions,
        ProgressTable.Result progress) {
    /// One without rows of progress.
    public BatchVerdict(
            int messages,
            List<Settled> settled,
            List<QuarantineResult> quarantined,
            List<Remark> remarks,
            Set<String> reportedBack,
            int duplicates,
            int duplicatesWithOtherOptions) {
        this(
                messages,
                settled,
                quarantined,
                remarks,
                reportedBack,
                duplicates,
                duplicatesWithOtherOptions,
                ProgressTable.Result.NONE);
    }

    BatchVerdict with(ProgressTable.Result written) {
        return new BatchVerdict(
                messages, settled, quarantined, remarks, reportedBack, duplicates, duplicatesWithOtherOptions, written);
    }

    /// A message that could not be read.
    ///
    /// @param refusal why the dead-letter queue does not have it; null where it has
    public record QuarantineResult(
            String messageId, String reason, @Nullable String refusal) {
        /// Whether the dead-letter queue has it.
        public boolean accepted() {
            return refusal == null;
        }
    }

    /// Something odd about a message.
    public record Remark(String messageId, String reason) {}

    static BatchVerdict of(Worklist work, List<Settled> settled, List<QuarantineResult> quarantined) {
        Set<String> reportedBack = new LinkedHashSet<>();
        for (Settled one : settled) {
            if (one.isUnfinished()) {
                reportedBack.addAll(one.messageIds());
            }
        }
        for (QuarantineResult one : quarantined) {
            if (!one.accepted()) {
                reportedBack.add(one.messageId());
            }
        }
        work.unknown().forEach(one -> reportedBack.add(one.message().messageId()));
        return new BatchVerdict(
                work.messages().size(),
                settled,
                quarantined,
                Stream.concat(work.unknown().stream(), work.clamped().stream())
                        .map(one -> new Remark(one.message().messageId(), one.reason()))
                        .toList(),
                reportedBack,
                work.duplicates(),
                work.duplicatesWithOtherOptions());
    }
}
