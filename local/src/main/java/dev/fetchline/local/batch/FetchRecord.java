package dev.fetchline.local.batch;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item of the results table, read with the names of DESIGN section 6. An attribute that is not there
/// is null.
///
/// @param attributes as the table holds them
public record FetchRecord(Map<String, AttributeValue> attributes) {
    private static final String RETRYING = "RETRYING";

    /// Each of the items as a record, in their order.
    public static List<FetchRecord> all(List<Map<String, AttributeValue>> items) {
        return items.stream().map(FetchRecord::new).toList();
    }

    /// The partition key.
    public String batchId() {
        return textOr("batchId", "");
    }

    /// The sort key.
    public String url() {
        return textOr("url", "");
    }

    /// The status, or `?` where there is none.
    public String status() {
        return textOr("status", "?");
    }

    /// Whether nothing more will be tried.
    public boolean isFinal() {
        return !status().equals(RETRYING);
    }

    /// Whether the status is OK.
    public boolean isOk() {
        return status().equals("OK");
    }

    /// What a person wants to see as the URL: a key that is a hash says nothing, the text that was
    /// submitted does.
    public String shownUrl() {
        String key = url();
        if (key.startsWith("invalid:")) {
            return textOr("submitted", key);
        }
        String whole = text("fullUrl");
        return whole == null ? key : whole;
    }

    /// `KIND: sentence`, or null when nothing went wrong.
    public @Nullable String error() {
        AttributeValue error = attributes.get("error");
        if (error == null || !error.hasM()) {
            return null;
        }
        AttributeValue kind = error.m().get("kind");
        AttributeValue detail = error.m().get("detail");
        if (kind == null || kind.s() == null) {
            return detail == null ? null : detail.s();
        }
        return detail == null || detail.s() == null ? kind.s() : kind.s() + ": " + detail.s();
    }

    /// The string attribute of this name.
    public @Nullable String text(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? null : value.s();
    }

    /// The number attribute of this name. Each that the function writes is a whole one; another is none.
    public @Nullable Long number(String name) {
        AttributeValue value = attributes.get(name);
        try {
            return value == null || value.n() == null ? null : Long.valueOf(value.n());
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /// What a server said of the next try, and what the function made of it.
    ///
    /// @param header as it was sent
    /// @param waitMs the wait that came of it
    /// @param reading `AS_SAID`, `CLAMPED` or `NOT_UNDERSTOOD`
    public record RetryAfter(String header, long waitMs, String reading) {}

    /// Null when the server said nothing.
    public @Nullable RetryAfter retryAfter() {
        AttributeValue told = attributes.get("retryAfter");
        if (told == null || !told.hasM()) {
            return null;
        }
        FetchRecord its = new FetchRecord(told.m());
        Long waitMs = its.number("waitMs");
        return new RetryAfter(its.textOr("header", ""), waitMs == null ? 0 : waitMs, its.textOr("reading", ""));
    }

    /// When the last attempt ended.
    public @Nullable Instant fetchedAt() {
        return instant("fetchedAt");
    }

    /// When a URL that waits is tried again, at the earliest.
    public @Nullable Instant nextAttemptAt() {
        return instant("nextAttemptAt");
    }

    private @Nullable Instant instant(String name) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private String textOr(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }
}
