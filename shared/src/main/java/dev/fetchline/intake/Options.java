package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonLiteral;
import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of an item, or of `defaults`. Null means: not given.
record Options(
        @Nullable RequestMethod method,
        Map<String, String> headers,
        @Nullable Integer timeoutMs,
        @Nullable Integer maxBodyBytes,
        @Nullable Boolean followRedirects,
        @Nullable String tag) {
    static final Options NONE = new Options(null, Map.of(), null, null, null, null);

    static Options ofHeaders(Map<String, String> headers) {
        return new Options(null, headers, null, null, null, null);
    }

    /// The fields that carry them.
    static final List<String> NAMES =
            List.of("method", "headers", "timeoutMs", "maxBodyBytes", "followRedirects", "tag");

    /// What a name must be, for the reason.
    static final String NAME =
            "a string of 1 to %d UTF-8 bytes without control characters".formatted(Limits.NAME_BYTES_MAX);

    private static final IntegerRange TIMEOUT_MS =
            new IntegerRange(Limits.TIMEOUT_MS_MIN, Limits.TIMEOUT_MS_MAX, "milliseconds");
    private static final IntegerRange BODY_BYTES =
            new IntegerRange(Limits.BODY_BYTES_MIN, Limits.BODY_BYTES_MAX, "bytes");

    /// Reads the options among the fields of `object`; other fields are left to the caller.
    static Options read(JsonObject object) throws Fault {
        return new Options(
                method(object),
                HeaderRules.read(object.get("headers")),
                integer(TIMEOUT_MS.read(object, "timeoutMs")),
                integer(BODY_BYTES.read(object, "maxBodyBytes")),
                bool(object, "followRedirects"),
                name(object, "tag"));
    }

    /// These options where they are given, else `defaults`; headers are merged, these winning.
    Options over(Options defaults) throws Fault {
        return new Options(
                method == null ? defaults.method : method,
                HeaderRules.merge(defaults.headers, headers),
                timeoutMs == null ? defaults.timeoutMs : timeoutMs,
                maxBodyBytes == null ? defaults.maxBodyBytes : maxBodyBytes,
                followRedirects == null ? defaults.followRedirects : followRedirects,
                tag == null ? defaults.tag : tag);
    }

    FetchItem item(String url) {
        RequestMethod given = method == null ? RequestMethod.GET : method;
        return new FetchItem(url, given, headers, timeoutMs, maxBodyBytes, followRedirects, tag);
    }

    /// A `batchId`, `messageId` or `tag`: text that is stored and searched for as it is.
    static @Nullable String name(JsonObject object, String field) throws Fault {
        JsonValue value = object.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonString string) || string.text().isEmpty()) {
            throw new Fault(field, value.shown(), NAME);
        }
        String text = string.text();
        if (!SafeText.isClean(text)) {
            throw new Fault(field, value.shown(), NAME + " and without lone surrogates");
        }
        if (SafeText.utf8Bytes(text) > Limits.NAME_BYTES_MAX) {
            throw new Fault(field, "a string of %d UTF-8 bytes".formatted(SafeText.utf8Bytes(text)), NAME);
        }
        return text;
    }

    private static @Nullable RequestMethod method(JsonObject object) throws Fault {
        JsonValue value = object.get("method");
        if (value == null) {
            return null;
        }
        for (RequestMethod method : RequestMethod.values()) {
            if (value instanceof JsonString string && string.text().equals(method.name())) {
                return method;
            }
        }
        throw new Fault("method", value.shown(), "\"GET\" or \"HEAD\" in upper case");
    }

    /// The ranges end within those of int.
    private static @Nullable Integer integer(@Nullable Long given) {
        return given == null ? null : Math.toIntExact(given);
    }

    private static @Nullable Boolean bool(JsonObject object, String field) throws Fault {
        JsonValue value = object.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonLiteral && !value.kind().equals("null")) {
            return value.kind().equals("true");
        }
        throw new Fault(field, value.shown(), "true or false");
    }
}
