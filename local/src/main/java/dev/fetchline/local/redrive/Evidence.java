package dev.fetchline.local.redrive;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.Progress;
import dev.fetchline.local.batch.FetchRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What came of an item before it is sent again, for its new record to keep.
final class Evidence {
    /// The kind of failure of an item whose message ended on the dead-letter queue before anything is known of it.
    static final String DEAD_LETTER = "DEAD_LETTER";

    private Evidence() {}

    /// Of an item in a dead letter. It never had a final record: its status is RETRYING, as in the table. What its last
    /// try gave is the evidence; without a try it is that of an earlier submission; without either, why it is dead.
    static Earlier ofDead(DeferredItem item, String reason) {
        Earlier before = item.entry().earlier();
        int times = before == null ? 1 : before.times() + 1;
        Progress progress = item.progress();
        Progress.LastTry last = progress.last();
        if (last != null) {
            Earlier.Failure failure = last.kind() == null
                    ? null
                    : new Earlier.Failure(last.kind(), last.detail() == null ? "" : last.detail());
            return new Earlier("RETRYING", last.httpStatus(), failure, progress.triesMade(), null, times);
        }
        if (before != null) {
            return new Earlier(
                    before.status(),
                    before.httpStatus(),
                    before.failure(),
                    before.attempts(),
                    before.fetchedAt(),
                    times);
        }
        return new Earlier(
                "RETRYING", null, new Earlier.Failure(DEAD_LETTER, reason), progress.triesMade(), null, times);
    }

    /// Of a record.
    static Earlier ofRecord(FetchRecord fetched) {
        return new Earlier(
                fetched.status(),
                integer(fetched, "httpStatus"),
                failure(fetched),
                or(integer(fetched, "attempts"), 0),
                fetched.fetchedAt(),
                timesOf(fetched) + 1);
    }

    private static int timesOf(FetchRecord fetched) {
        AttributeValue earlier = fetched.attributes().get("earlier");
        if (earlier == null || !earlier.hasM()) {
            return 0;
        }
        return or(integer(new FetchRecord(earlier.m()), "times"), 0);
    }

    private static Earlier.@Nullable Failure failure(FetchRecord fetched) {
        AttributeValue error = fetched.attributes().get("error");
        if (error == null || !error.hasM()) {
            return null;
        }
        Map<String, AttributeValue> its = error.m();
        String kind = new FetchRecord(its).text("kind");
        String detail = new FetchRecord(its).text("detail");
        return kind == null || kind.isEmpty() ? null : new Earlier.Failure(kind, detail == null ? "" : detail);
    }

    private static @Nullable Integer integer(FetchRecord fetched, String name) {
        Long value = fetched.number(name);
        return value == null ? null : (int) Math.clamp(value, 0L, Integer.MAX_VALUE);
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
