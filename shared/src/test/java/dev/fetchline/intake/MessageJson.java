package dev.fetchline.intake;

import dev.fetchline.intake.Progress.LastTry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what the reader read as a message again. What was invalid is written as a number, which no
/// item is.
final class MessageJson {
    private MessageJson() {}

    static String batch(FetchBatch batch) {
        return object(List.of(
                field("batchId", string(batch.batchId())),
                field(
                        "urls",
                        array(batch.items().stream().map(MessageJson::item).toList()))));
    }

    /// Each item in a part of its own.
    static String deferral(Deferral deferral) {
        return object(List.of(
                field("v", "1"),
                field(
                        "parts",
                        array(deferral.items().stream().map(MessageJson::part).toList()))));
    }

    /// An SNS notification of the body.
    static String notification(String body) {
        return object(List.of(field("Type", string("Notification")), field("Message", string(body))));
    }

    private static String part(DeferredItem item) {
        Progress progress = item.progress();
        List<String> entry = new ArrayList<>();
        switch (item.entry()) {
            case FetchItem fetch ->
                entry.add(field("item", item(fetch.withHeaders(Map.of()).withEarlier(null))));
            case InvalidItem invalid ->
                entry.add(field(
                        "invalid",
                        object(List.of(
                                field("sha256", string(invalid.sha256())),
                                field("text", string(invalid.text())),
                                field("reason", string(invalid.reason()))))));
        }
        entry.add(field("made", "" + progress.triesMade()));
        entry.add(field("granted", "" + progress.waitsGranted()));
        entry.add(field("notBefore", "" + progress.notBefore()));
        if (progress.last() != null) {
            entry.add(field("last", last(progress.last())));
        }
        if (item.entry().earlier() != null) {
            entry.add(field("earlier", earlier(item.entry().earlier())));
        }
        List<String> part = new ArrayList<>(List.of(
                field("batchId", string(item.batchId())),
                field("messageId", string(item.origin().messageId())),
                field("requestedAt", "" + item.origin().requestedAt()),
                field("firstSeenAt", "" + progress.firstSeenAt()),
                field("hop", "" + progress.hop()),
                field("items", array(List.of(object(entry))))));
        if (item.entry() instanceof FetchItem fetch && !fetch.headers().isEmpty()) {
            part.add(field("headers", headers(fetch.headers())));
        }
        return object(part);
    }

    private static String last(LastTry last) {
        List<String> fields = new ArrayList<>();
        addUnlessNull(fields, "httpStatus", last.httpStatus());
        addUnlessNull(fields, "kind", last.kind() == null ? null : string(last.kind()));
        addUnlessNull(fields, "detail", last.detail() == null ? null : string(last.detail()));
        return object(fields);
    }

    private static String earlier(Earlier earlier) {
        List<String> fields = new ArrayList<>();
        fields.add(field("times", "" + earlier.times()));
        fields.add(field("status", string(earlier.status())));
        fields.add(field("attempts", "" + earlier.attempts()));
        addUnlessNull(fields, "httpStatus", earlier.httpStatus());
        addUnlessNull(fields, "fetchedAt", earlier.fetchedAt() == null ? null : string("" + earlier.fetchedAt()));
        Earlier.Failure failure = earlier.failure();
        if (failure != null) {
            fields.add(field(
                    "error",
                    object(List.of(field("kind", string(failure.kind())), field("detail", string(failure.detail()))))));
        }
        return object(fields);
    }

    private static String item(BatchItem item) {
        if (!(item instanceof FetchItem fetch)) {
            return "5";
        }
        List<String> fields = new ArrayList<>();
        fields.add(field("url", string(fetch.url())));
        fields.add(field("method", string(fetch.method().name())));
        fields.add(field("headers", headers(fetch.headers())));
        addUnlessNull(fields, "timeoutMs", fetch.timeoutMs());
        addUnlessNull(fields, "maxBodyBytes", fetch.maxBodyBytes());
        addUnlessNull(fields, "followRedirects", fetch.followRedirects());
        addUnlessNull(fields, "tag", fetch.tag() == null ? null : string(fetch.tag()));
        addUnlessNull(fields, "earlier", fetch.earlier() == null ? null : earlier(fetch.earlier()));
        return object(fields);
    }

    private static String headers(Map<String, String> headers) {
        return object(headers.entrySet().stream()
                .map(header -> field(header.getKey(), string(header.getValue())))
                .toList());
    }

    private static void addUnlessNull(List<String> fields, String name, @Nullable Object json) {
        if (json != null) {
            fields.add(field(name, json.toString()));
        }
    }

    private static String field(String name, String json) {
        return string(name) + ":" + json;
    }

    private static String object(List<String> fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    /// All but plain ASCII escaped.
    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                json.append((char) c);
            } else {
                json.append("\\u%04x".formatted(c));
            }
        });
        return json.append('"').toString();
    }
}
