package dev.fetchline.local.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Renders a record as one line of plain JSON: the values without DynamoDB's type letters, binary ones in base64.
public final class RecordJson {
    /// The order of DESIGN section 6, so that a person finds things and two runs can be compared line by line.
    private static final List<String> ORDER = List.of(
            "batchId",
            "url",
            "fullUrl",
            "status",
            "httpStatus",
            "submitted",
            "request",
            "finalUrl",
            "redirects",
            "contentType",
            "charset",
            "headers",
            "bodyBytes",
            "bodySha256",
            "body",
            "bodyEncoding",
            "bodyStored",
            "bodyFile",
            "truncated",
            "fetchedAt",
            "durationMs",
            "attempts",
            "error",
            "retryAfter",
            "requestedAt",
            "hop",
            "nextAttemptAt",
            "messageId",
            "tag",
            "earlier",
            "expiresAt",
            // within `request`, `error`, `retryAfter` and `earlier`
            "method",
            "kind",
            "detail",
            "header",
            "waitMs",
            "reading",
            "times");

    private static final Comparator<String> BY_ORDER =
            Comparator.comparingInt(RecordJson::rank).thenComparing(Comparator.naturalOrder());

    private static final JsonFactory JSON = new JsonFactory();

    private RecordJson() {}

    /// The record without a line end.
    public static String lineOf(FetchRecord fetchRecord) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            writeMap(json, fetchRecord.attributes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static int rank(String name) {
        int index = ORDER.indexOf(name);
        return index < 0 ? ORDER.size() : index;
    }

    private static void writeMap(JsonGenerator json, Map<String, AttributeValue> map) throws IOException {
        json.writeStartObject();
        for (String name : map.keySet().stream().sorted(BY_ORDER).toList()) {
            json.writeFieldName(name);
            write(json, map.getOrDefault(name, AttributeValue.fromNul(true)));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, AttributeValue value) throws IOException {
        switch (value.type()) {
            case S -> json.writeString(value.s());
            case N -> json.writeNumber(value.n());
            case BOOL -> json.writeBoolean(value.bool());
            case B -> json.writeString(base64(value.b()));
            case M -> writeMap(json, value.m());
            case L -> writeList(json, value.l());
            case SS ->
                writeList(json, value.ss().stream().map(AttributeValue::fromS).toList());
            case NS ->
                writeList(json, value.ns().stream().map(AttributeValue::fromN).toList());
            case BS ->
                writeList(json, value.bs().stream().map(AttributeValue::fromB).toList());
            case NUL, UNKNOWN_TO_SDK_VERSION -> json.writeNull();
        }
    }

    private static void writeList(JsonGenerator json, List<AttributeValue> values) throws IOException {
        json.writeStartArray();
        for (AttributeValue value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
}
