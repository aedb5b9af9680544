package dev.fetchline.record;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.Outcome;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Sha256;
import dev.fetchline.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Makes the record of an item from what came of it. The attributes are those of the README's record reference.
public final class RecordMapper {
    /// What was submitted is for recognising, not for keeping: the key or `fullUrl` has the whole.
    private static final int SUBMITTED_CHARS_MAX = 2_048;

    private static final int CONTENT_TYPE_BYTES_MAX = 256;
    private static final int DETAIL_BYTES_MAX = 1_024;
    private static final int RETRY_AFTER_BYTES_MAX = 256;

    /// The error kind of an item whose age bound passed before it could be tried.
    public static final String EXPIRED_UNTRIED = "EXPIRED_UNTRIED";

    private final BodyStorage storage;
    private final int storedBodyBytesMax;
    private final Duration timeToLive;

    /// A mapper that keeps bodies as told.
    ///
    /// @param storedBodyBytesMax as stored, compressed where that is smaller
    /// @param timeToLive after which the table forgets a record
    public RecordMapper(BodyStorage storage, int storedBodyBytesMax, Duration timeToLive) {
        this.storage = storage;
        this.storedBodyBytesMax = storedBodyBytesMax;
        this.timeToLive = timeToLive;
    }

    /// Whose record it is.
    ///
    /// @param hop how often the item was deferred so far
    public record Asked(RecordKey key, Origin origin, int hop) {}

    /// What an attempt was, beside its outcome.
    ///
    /// @param fetchedAt when it ended
    /// @param took without waiting for a place
    /// @param tries so far, this one included
    /// @param told what its response said of a next try; null for nothing
    public record Attempt(
            Instant fetchedAt,
            Duration took,
            int tries,
            @Nullable RetryAfter told) {}

    /// The record of an entry that is no item.
    public ResultRecord ofInvalid(Asked asked, InvalidItem item, Instant now) {
        Map<String, AttributeValue> row = start(asked, RecordStatus.INVALID, item.text(), now);
        EarlierMap.put(row, item.earlier());
        putError(row, "ITEM", item.reason());
        return record(asked, RecordStatus.INVALID, row);
    }

    /// The record of an item whose URL is none.
    public ResultRecord ofInvalid(Asked asked, FetchItem item, UrlReading.Invalid reading, Instant now) {
        Map<String, AttributeValue> row = startOf(asked, RecordStatus.INVALID, item, now);
        putError(row, "URL", reading.reason());
        return record(asked, RecordStatus.INVALID, row);
    }

    /// The record of an item that was refused before anything was sent.
    ///
    /// @param canonical its URL as far as it has a canonical form
    public ResultRecord ofRefused(Asked asked, FetchItem item, String canonical, Refusal refusal, Instant now) {
        Map<String, AttributeValue> row = startOf(asked, RecordStatus.REFUSED, item, canonical, now);
        putError(row, refusal.rule().name(), refusal.detail());
        return record(asked, RecordStatus.REFUSED, row);
    }

    /// The record of an attempt that was the last.
    ///
    /// @throws IllegalArgumentException for an outcome that is none yet
    public ResultRecord ofOutcome(Asked asked, FetchItem item, FetchUrl url, Outcome outcome, Attempt attempt) {
        RecordStatus status = statusOf(item, outcome);
        Map<String, AttributeValue> row = startOf(asked, status, item, url.text(), attempt.fetchedAt());
        switch (outcome) {
            case Outcome.Answered answered -> putAnswer(row, answered);
            case Outcome.Failed failed -> putFailure(row, failed);
            case Outcome.Refused refused -> {
                putText(row, "finalUrl", refused.url());
                putNumber(row, "redirects", refused.redirects());
                putError(row, refused.refusal().rule().name(), refused.refusal().detail());
            }
            case Outcome.Cut _ -> throw new IllegalArgumentException("nothing is known of what was cut");
        }
        putTold(row, attempt.told());
        putText(row, "fetchedAt", attempt.fetchedAt().toString());
        putNumber(row, "durationMs", attempt.took().toMillis());
        putNumber(row, "attempts", attempt.tries());
        return record(asked, status, row).shrunkToFit();
    }

    /// The record of an item that was tried and will be tried again: not final.
    ///
    /// @param asked with the hop that its deferral has
    /// @param progress as its deferral carries it
    /// @param told what the last response said of the next try; null for nothing
    /// @param livesUntil at least: by then it has a final record
    public ResultRecord ofRetrying(
            Asked asked,
            FetchItem item,
            FetchUrl url,
            Progress progress,
            @Nullable RetryAfter told,
            Instant now,
            Instant livesUntil) {
        Map<String, AttributeValue> row = startOf(asked, RecordStatus.RETRYING, item, url.text(), now);
        putLast(row, progress.last());
        putTold(row, told);
        putNumber(row, "attempts", progress.triesMade());
        putText(
                row,
                "nextAttemptAt",
                Instant.ofEpochMilli(Math.max(progress.notBefore(), now.toEpochMilli()))
                        .toString());
        long expiresAt = Math.max(now.plus(timeToLive).getEpochSecond(), livesUntil.getEpochSecond());
        putNumber(row, "expiresAt", expiresAt);
        return record(asked, RecordStatus.RETRYING, row);
    }

    /// The record of an item whose age bound passed before it could be finished: what came of its last try, or that
    /// there was none.
    ///
    /// @param ageMax the bound
    public ResultRecord ofExpired(
            Asked asked, FetchItem item, FetchUrl url, Progress progress, Duration ageMax, Instant now) {
        Progress.LastTry last = progress.last();
        boolean answered = last != null && last.httpStatus() != null && last.kind() == null;
        RecordStatus status = answered ? RecordStatus.HTTP_ERROR : RecordStatus.FAILED;
        Map<String, AttributeValue> row = startOf(asked, status, item, url.text(), now);
        if (last == null) {
            putError(
                    row,
                    EXPIRED_UNTRIED,
                    "nothing could be found out within " + ageMax.toHours() + " hours; it can be sent again");
        } else {
            putLast(row, last);
        }
        putNumber(row, "attempts", progress.triesMade());
        return record(asked, status, row);
    }

    private static void putLast(Map<String, AttributeValue> row, Progress.@Nullable LastTry last) {
        if (last != null && last.httpStatus() != null) {
            putNumber(row, "httpStatus", last.httpStatus());
        }
        if (last != null && last.kind() != null) {
            putError(row, last.kind(), last.detail() == null ? "" : last.detail());
        }
    }

    /// What a server asked for and what we make of it.
    private static void putTold(Map<String, AttributeValue> row, @Nullable RetryAfter told) {
        if (told != null) {
            row.put(
                    "retryAfter",
                    AttributeValue.fromM(Map.of(
                            "header",
                            AttributeValue.fromS(Utf8.cut(told.header(), RETRY_AFTER_BYTES_MAX)),
                            "waitMs",
                            AttributeValue.fromN(Long.toString(told.delay().toMillis())),
                            "reading",
                            AttributeValue.fromS(told.reading().name()))));
        }
    }

    private static ResultRecord record(Asked asked, RecordStatus status, Map<String, AttributeValue> row) {
        return new ResultRecord(asked.key(), status, asked.origin().requestedAt(), asked.hop(), row);
    }

    private static RecordStatus statusOf(FetchItem item, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> RecordStatus.of(answered, item.followsRedirects());
            case Outcome.Refused _ -> RecordStatus.REFUSED;
            case Outcome.Failed _, Outcome.Cut _ -> RecordStatus.FAILED;
        };
    }

    private Map<String, AttributeValue> startOf(
            Asked asked, RecordStatus status, FetchItem item, String canonical, Instant now) {
        Map<String, AttributeValue> row = startOf(asked, status, item, now);
        if (!asked.key().isWhole(canonical)) {
            putText(row, "fullUrl", canonical);
        }
        return row;
    }

    private Map<String, AttributeValue> startOf(Asked asked, RecordStatus status, FetchItem item, Instant now) {
        Map<String, AttributeValue> row = start(asked, status, item.url(), now);
        if (item.tag() != null) {
            putText(row, "tag", item.tag());
        }
        EarlierMap.put(row, item.earlier());
        row.put("request", RequestMap.of(item));
        return row;
    }

    private Map<String, AttributeValue> start(Asked asked, RecordStatus status, String submitted, Instant now) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        putText(row, "batchId", asked.key().batchId());
        putText(row, "url", asked.key().url());
        putText(row, "status", status.name());
        putText(row, "submitted", FetchUrl.redact(submitted, SUBMITTED_CHARS_MAX));
        putNumber(row, "requestedAt", asked.origin().requestedAt());
        putNumber(row, "hop", asked.hop());
        putText(row, "messageId", asked.origin().messageId());
        putNumber(row, "expiresAt", now.plus(timeToLive).getEpochSecond());
        return row;
    }

    private void putAnswer(Map<String, AttributeValue> row, Outcome.Answered answered) {
        putNumber(row, "httpStatus", answered.status());
        putText(row, "finalUrl", answered.finalUrl().text());
        putNumber(row, "redirects", answered.redirects());
        Optional<String> contentType = answered.headers().firstValue("content-type");
        contentType.ifPresent(value -> putText(row, "contentType", Utf8.cut(value, CONTENT_TYPE_BYTES_MAX)));
        HeaderMap.put(row, answered.headers());
        FetchedBody body = answered.body();
        Optional<BodyText> text = BodyText.of(body, contentType);
        text.ifPresent(found -> putText(row, "charset", found.charset()));
        putNumber(row, "bodyBytes", body.length());
        putText(row, "bodySha256", Sha256.hex(body.array(), body.length()));
        putBody(row, StoredBody.of(body, text, storage, storedBodyBytesMax));
        if (body.truncated() != null) {
            putText(row, "truncated", body.truncated().name());
        }
    }

    private static void putBody(Map<String, AttributeValue> row, StoredBody stored) {
        if (stored.value() != null) {
            row.put("body", stored.value());
        }
        if (stored.encoding() != null) {
            putText(row, "bodyEncoding", stored.encoding());
        }
        if (stored.whyNot() != null) {
            putText(row, "bodyStored", stored.whyNot());
        }
    }

    private static void putFailure(Map<String, AttributeValue> row, Outcome.Failed failed) {
        if (failed.status() != null) {
            putNumber(row, "httpStatus", failed.status());
        }
        putText(row, "finalUrl", failed.finalUrl().text());
        putNumber(row, "redirects", failed.redirects());
        putError(row, failed.kind().name(), failed.detail());
    }

    private static void putError(Map<String, AttributeValue> row, String kind, String detail) {
        row.put(
                "error",
                AttributeValue.fromM(Map.of(
                        "kind", AttributeValue.fromS(kind),
                        "detail", AttributeValue.fromS(Utf8.cut(detail, DETAIL_BYTES_MAX)))));
    }

    private static void putText(Map<String, AttributeValue> row, String name, String value) {
        row.put(name, AttributeValue.fromS(value));
    }

    private static void putNumber(Map<String, AttributeValue> row, String name, long value) {
        row.put(name, AttributeValue.fromN(Long.toString(value)));
    }
}
