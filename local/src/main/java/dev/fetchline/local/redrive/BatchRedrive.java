package dev.fetchline.local.redrive;

import dev.fetchline.local.batch.BatchRecords;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Where;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/// Sends URLs of a batch again, by its records: each keeps its batch and its URL, so the new record takes the place of
/// the old one. The old one stands until then; a redrive that was cut short is simply run again.
public final class BatchRedrive {
    /// Items that are packed together: the more, the more of a host's find each other.
    private static final int TOGETHER = 5_000;

    /// What an item is made of: bodies stay in the table.
    private static final Set<String> ATTRIBUTES = Set.of(
            "batchId",
            "url",
            "fullUrl",
            "status",
            "httpStatus",
            "submitted",
            "request",
            "tag",
            "attempts",
            "error",
            "fetchedAt",
            "earlier",
            "expiresAt");

    private final BatchRecords records;
    private final QueueSender queue;
    private final Options options;
    private final RedriveListener listener;
    private final RedriveOutcome outcome = new RedriveOutcome();

    /// What is sent again.
    ///
    /// @param where which records are meant; one that means all for those that are not OK
    /// @param withoutHeaders whether an item that had headers is sent without them
    /// @param withInvalid whether entries that were no URL are sent
    /// @param max URLs at most
    public record Options(Where where, boolean withoutHeaders, boolean withInvalid, long max) {}

    /// @param records of the batch
    public BatchRedrive(Target target, BatchRecords records, Options options, RedriveListener listener) {
        this.records = records;
        this.queue = QueueSender.ofQueue(target);
        this.options = options;
        this.listener = listener;
    }

    /// Reads the batch and counts.
    public RedrivePlan plan() {
        RedrivePlan plan = new RedrivePlan();
        each(
                fetched -> {
                    plan.look(reasonOf(fetched));
                    listener.looked().accept(plan.looked());
                },
                (fetched, _) -> {
                    plan.send(fetched.shownUrl(), 1, reasonOf(fetched));
                    if (RecordItem.hadHeaders(fetched)) {
                        plan.sendWithoutHeaders();
                    }
                },
                (fetched, left) -> plan.leave(fetched.shownUrl(), left.why(), left.isMeant()));
        return plan;
    }

    /// Reads the batch and sends.
    public void run() {
        List<RedriveItem> open = new ArrayList<>();
        each(
                _ -> {},
                (_, item) -> {
                    open.add(item);
                    if (open.size() == TOGETHER) {
                        send(open);
                    }
                },
                (_, left) -> outcome.leave(left.why(), left.isMeant()));
        send(open);
        if (listener.isStopping()) {
            outcome.interrupted();
        }
    }

    /// What [#run] has done so far.
    public RedriveOutcome outcome() {
        return outcome;
    }

    @FunctionalInterface
    private interface Sending {
        void send(FetchRecord fetched, RedriveItem item);
    }

    @FunctionalInterface
    private interface Leaving {
        void leave(FetchRecord fetched, RecordItem.Left left);
    }

    private void each(Consumer<FetchRecord> looked, Sending sending, Leaving leaving) {
        RecordItem.Options itemOptions = new RecordItem.Options(options.withoutHeaders, options.withInvalid);
        long[] left = {options.max};
        read(options.where, fetched -> {
            if (listener.isStopping()) {
                throw new CancellationException();
            }
            if (options.where.isAll() && fetched.isOk()) {
                return;
            }
            looked.accept(fetched);
            switch (RecordItem.of(fetched, itemOptions)) {
                case RecordItem.Item(RedriveItem item) -> {
                    if (left[0]-- > 0) {
                        sending.send(fetched, item);
                    } else {
                        leaving.leave(fetched, new RecordItem.Left(Selection.BEYOND_MAX, false));
                    }
                }
                case RecordItem.Left its -> leaving.leave(fetched, its);
            }
        });
    }

    private void read(Where where, Consumer<FetchRecord> consumer) {
        try {
            records.each(where, ATTRIBUTES, consumer);
        } catch (CancellationException _) {
            // Interrupted: the rest of a large batch is not read in vain.
            return;
        } catch (SdkException e) {
            throw new TargetException(
                    "the table " + records.table() + " cannot be read (" + Sentence.of(e)
                            + "): look at its name and at the permission dynamodb:Query.",
                    e);
        }
    }

    private void send(List<RedriveItem> items) {
        if (items.isEmpty()) {
            return;
        }
        List<OutgoingMessage> messages = ItemPacker.pack(items);
        items.clear();
        for (int from = 0; from < messages.size(); from += QueueSender.ENTRIES_MAX) {
            if (listener.isStopping()) {
                return;
            }
            List<OutgoingMessage> some =
                    messages.subList(from, Math.min(from + QueueSender.ENTRIES_MAX, messages.size()));
            List<QueueSender.Result> results = queue.send(some);
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).isSent()) {
                    outcome.sent(some.get(i).urls(), 1);
                } else {
                    outcome.fail(results.get(i).refusal());
                }
            }
            listener.sent().accept(outcome.urls());
        }
    }

    /// Status and what a person would group by: the HTTP status, or the kind of failure.
    private static String reasonOf(FetchRecord fetched) {
        Long httpStatus = fetched.number("httpStatus");
        String error = fetched.error();
        if (error != null) {
            int colon = error.indexOf(':');
            return fetched.status() + " " + (colon < 0 ? error : error.substring(0, colon));
        }
        return httpStatus == null ? fetched.status() : fetched.status() + " " + httpStatus;
    }
}
