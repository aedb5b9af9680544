package dev.fetchline.local.batch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A part of a record that has a name for people: in an expression that selects records, or as a column.
///
/// @param name such as `httpStatus` or `error.kind`
/// @param kind how its values compare
/// @param attribute the attribute of the table that it is read from
/// @param reading its value in a record as text; null where the record has none
public record RecordField(String name, Kind kind, String attribute, Function<FetchRecord, @Nullable String> reading) {
    /// How values compare.
    public enum Kind {
        /// By their characters.
        TEXT,
        /// By their characters, upper and lower case alike: a word from a list, or a host.
        WORD,
        /// One of the statuses.
        STATUS,
        /// A whole number.
        NUMBER,
        /// A time in ISO 8601.
        TIME
    }

    /// How a field that is one response header begins; the header's name follows.
    public static final String HEADER_PREFIX = "headers.";

    private static final String URL = "url";

    private static final Map<String, RecordField> ALL = Stream.of(
                    word("batchId", Kind.TEXT),
                    new RecordField(URL, Kind.TEXT, URL, fetched -> fetched.text(URL)),
                    new RecordField("host", Kind.WORD, URL, RecordField::hostOf),
                    word("fullUrl", Kind.TEXT),
                    word("status", Kind.STATUS),
                    word("httpStatus", Kind.NUMBER),
                    word("submitted", Kind.TEXT),
                    inner("request.method", Kind.WORD),
                    word("finalUrl", Kind.TEXT),
                    word("redirects", Kind.NUMBER),
                    word("contentType", Kind.TEXT),
                    word("charset", Kind.WORD),
                    word("bodyBytes", Kind.NUMBER),
                    word("bodySha256", Kind.WORD),
                    word("bodyEncoding", Kind.WORD),
                    word("bodyStored", Kind.WORD),
                    word("truncated", Kind.WORD),
                    word("fetchedAt", Kind.TIME),
                    word("durationMs", Kind.NUMBER),
                    word("attempts", Kind.NUMBER),
                    inner("error.kind", Kind.WORD),
                    inner("error.detail", Kind.TEXT),
                    inner("retryAfter.header", Kind.TEXT),
                    inner("retryAfter.waitMs", Kind.NUMBER),
                    inner("retryAfter.reading", Kind.WORD),
                    word("requestedAt", Kind.NUMBER),
                    word("hop", Kind.NUMBER),
                    word("nextAttemptAt", Kind.TIME),
                    word("messageId", Kind.TEXT),
                    word("tag", Kind.TEXT),
                    word("expiresAt", Kind.NUMBER),
                    inner("earlier.status", Kind.STATUS),
                    inner("earlier.httpStatus", Kind.NUMBER),
                    inner("earlier.error.kind", Kind.WORD),
                    inner("earlier.error.detail", Kind.TEXT),
                    inner("earlier.attempts", Kind.NUMBER),
                    inner("earlier.fetchedAt", Kind.TIME),
                    inner("earlier.times", Kind.NUMBER))
            .collect(Collectors.toMap(RecordField::name, Function.identity(), (one, _) -> one, LinkedHashMap::new));

    /// The names of all fields, in the order in which a person reads them; a header is named as `headers.NAME` besides.
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /// The field of this name; empty where there is none. Upper and lower case count, but in the name of a header.
    public static Optional<RecordField> named(String name) {
        if (name.startsWith(HEADER_PREFIX) && name.length() > HEADER_PREFIX.length()) {
            String header = name.substring(HEADER_PREFIX.length()).toLowerCase(Locale.ROOT);
            return Optional.of(new RecordField(name, Kind.TEXT, "headers", fetched -> headerOf(fetched, header)));
        }
        return Optional.ofNullable(ALL.get(name));
    }

    /// Its value in a record as text; null where the record has none.
    public @Nullable String of(FetchRecord fetched) {
        return reading.apply(fetched);
    }

    private static RecordField word(String name, Kind kind) {
        return new RecordField(
                name, kind, name, fetched -> textOf(fetched.attributes().get(name)));
    }

    private static RecordField inner(String path, Kind kind) {
        List<String> steps = List.of(path.split("\\."));
        return new RecordField(path, kind, steps.getFirst(), fetched -> textOf(at(fetched, steps)));
    }

    private static @Nullable AttributeValue at(FetchRecord fetched, List<String> steps) {
        AttributeValue value = fetched.attributes().get(steps.getFirst());
        for (String step : steps.subList(1, steps.size())) {
            if (value == null || !value.hasM()) {
                return null;
            }
            value = value.m().get(step);
        }
        return value;
    }

    private static @Nullable String textOf(@Nullable AttributeValue value) {
        if (value == null) {
            return null;
        }
        return value.s() != null ? value.s() : value.n();
    }

    private static @Nullable String headerOf(FetchRecord fetched, String header) {
        AttributeValue value = at(fetched, List.of("headers", header));
        return value != null && value.hasL()
                ? value.l().stream().map(AttributeValue::s).collect(Collectors.joining(", "))
                : textOf(value);
    }

    /// The host of a key: what stands between `//` and the path, without a port. Null where the key is no URL.
    private static @Nullable String hostOf(FetchRecord fetched) {
        return UrlHost.of(fetched.url());
    }

    /// Reads a time as a person writes it: `2026-01-31T12:30:00Z`, or a day, which begins at midnight UTC.
    ///
    /// @throws java.time.format.DateTimeParseException where it is neither
    static Instant time(String text) {
        return Instant.parse(text.length() == "2026-01-31".length() ? text + "T00:00:00Z" : text);
    }
}
