package dev.fetchline.bench.bare;

import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Makes a record of a response, with the attributes that Fetchline's have.
///
/// @param expiresAfter when the table forgets it
record Records(Duration expiresAfter) {
    Map<String, AttributeValue> of(Item item, HttpResponse<byte[]> response, Duration took) {
        Instant now = Instant.now();
        String contentType = response.headers().firstValue("content-type").orElse("");
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        text(row, "batchId", item.batchId());
        text(row, "url", item.url());
        text(row, "status", response.statusCode() < 300 ? "OK" : "HTTP_ERROR");
        text(row, "submitted", item.url());
        number(row, "requestedAt", item.requestedAt());
        number(row, "hop", "0");
        text(row, "messageId", item.messageId());
        number(row, "expiresAt", Long.toString(now.plus(expiresAfter).getEpochSecond()));
        row.put("request", AttributeValue.fromM(Map.of("method", AttributeValue.fromS("GET"))));
        number(row, "httpStatus", Integer.toString(response.statusCode()));
        text(row, "finalUrl", response.uri().toString());
        number(row, "redirects", "0");
        text(row, "contentType", contentType);
        row.put("headers", AttributeValue.fromM(headers(response)));
        text(row, "charset", charset(contentType));
        number(row, "bodyBytes", Integer.toString(response.body().length));
        text(row, "bodySha256", sha256(response.body()));
        text(row, "bodyStored", "OFF");
        text(row, "fetchedAt", now.toString());
        number(row, "durationMs", Long.toString(took.toMillis()));
        number(row, "attempts", "1");
        return row;
    }

    private static Map<String, AttributeValue> headers(HttpResponse<?> response) {
        Map<String, AttributeValue> headers = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            headers.put(header.getKey(), AttributeValue.fromS(String.join(", ", header.getValue())));
        }
        return headers;
    }

    private static String charset(String contentType) {
        int at = contentType.indexOf("charset=");
        return at < 0 ? "utf-8" : contentType.substring(at + "charset=".length());
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void text(Map<String, AttributeValue> row, String name, String value) {
        row.put(name, AttributeValue.fromS(value));
    }

    private static void number(Map<String, AttributeValue> row, String name, String value) {
        row.put(name, AttributeValue.fromN(value));
    }
}
