package dev.fetchline.record;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.Outcome;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Makes the final record of an item from what came of it. The attributes are those of the README's record reference.
public final class RecordMapper {
    /// What was submitted is for recognising, not for keeping: the key or `fullUrl` has the whole.
    private static final int SUBMITTED_CHARS_MAX = 2_048;

    private static final int CONTENT_TYPE_BYTES_MAX = 256;
    private static final int DETAIL_BYTES_MAX = 1_024;

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

    /// What an attempt was, beside its outcome.
    ///
    /// @param fetchedAt when it ended
    /// @param took without waiting for a place
    /// @param tries so far, this one included
    public record Attempt(Instant fetchedAt, Duration took, int tries) {}

    /// The record of an entry that is no item.
    public ResultRecord ofInvalid(RecordKey key, InvalidItem item, Origin origin, Instant now) {
        Map<String, AttributeValue> row = start(key, RecordStatus.INVALID, item.text(), origin, now, null);
        putError(row, "ITEM", item.reason());
        return new ResultRecord(key, RecordStatus.INVALID, origin.requestedAt(), row);
    }

    /// The record of an item whose URL is none.
    public ResultRecord ofInvalid(
            RecordKey key, FetchItem item, UrlReading.Invalid reading, Origin origin, Instant now) {
        Map<String, AttributeValue> row = start(key, RecordStatus.INVALID, item.url(), origin, now, item.tag());
        row.put("request", RequestMap.of(item));
        putError(row, "URL", reading.reason());
        return new ResultRecord(key, RecordStatus.INVALID, origin.requestedAt(), row);
    }

    /// The record of an item that was refused before anything was sent.
    ///
    /// @param canonical its URL as far as it has a canonical form
    public ResultRecord ofRefused(
            RecordKey key, FetchItem item, String canonical, Refusal refusal, Origin origin, Instant now) {
        Map<String, AttributeValue> row = start(key, RecordStatus.REFUSED, item.url(), origin, now, item.tag());
        row.put("request", RequestMap.of(item));
        putFullUrl(row, key, canonical);
        putError(row, refusal.rule().name(), refusal.detail());
        return new ResultRecord(key, RecordStatus.REFUSED, origin.requestedAt(), row);
    }

    /// The record of an attempt.
    ///
    /// @throws IllegalArgumentException for an outcome that is none yet
    public ResultRecord ofOutcome(
            RecordKey key, FetchItem item, FetchUrl url, Outcome outcome, Attempt attempt, Origin origin) {
        RecordStatus status = statusOf(item, outcome);
        Map<String, AttributeValue> row = start(key, status, item.url(), origin, attempt.fetchedAt(), item.tag());
        row.put("request", RequestMap.of(item));
        putFullUrl(row, key, url.text());
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
        putText(row, "fetchedAt", attempt.fetchedAt().toString());
        putNumber(row, "durationMs", attempt.took().toMillis());
        putNumber(row, "attempts", attempt.tries());
        return new ResultRecord(key, status, origin.requestedAt(), row).shrunkToFit();
    }

    private static RecordStatus statusOf(FetchItem item, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> RecordStatus.of(answered, item.followsRedirects());
            case Outcome.Refused _ -> RecordStatus.REFUSED;
            case Outcome.Failed _, Outcome.Cut _ -> RecordStatus.FAILED;
        };
    }

    private Map<String, AttributeValue> start(
            RecordKey key, RecordStatus status, String submitted, Origin origin, Instant now, @Nullable String tag) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        putText(row, "batchId", key.batchId());
        putText(row, "url", key.url());
        putText(row, "status", status.name());
        putText(row, "submitted", FetchUrl.redact(submitted, SUBMITTED_CHARS_MAX));
        putNumber(row, "requestedAt", origin.requestedAt());
        putNumber(row, "hop", 0);
        putText(row, "messageId", origin.messageId());
        putNumber(row, "expiresAt", now.plus(timeToLive).getEpochSecond());
        if (tag != null) {
            putText(row, "tag", tag);
        }
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

    private static void putFullUrl(Map<String, AttributeValue> row, RecordKey key, String canonical) {
        if (!key.isWhole(canonical)) {
            putText(row, "fullUrl", canonical);
        }
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
