package dev.fetchline.local.submit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.ItemJson;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.progress.BatchPart;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is to be done with the input.
///
/// @param batchId of all its URLs
/// @param tag of all URLs that have none of their own
/// @param headers that all requests carry; an item's own win
/// @param urlsPerMessage as many as a message holds, or fewer where its size or its host's URLs end it
public record SubmitSettings(String batchId, Optional<String> tag, Map<String, String> headers, int urlsPerMessage) {
    /// URLs in a message by default: see docs/performance.md.
    public static final int URLS_PER_MESSAGE = 50;

    /// As many as the function reads of one message.
    public static final int URLS_PER_MESSAGE_MAX = 10_000;

    /// What `redrive --from` calls the dead-letter queue.
    public static final String DEAD_LETTER = "dead-letter";

    /// A slash and the digits of the last part.
    private static final int PART_CHARS = 4;

    /// @throws SubmitException if the function's reader would not take them
    public SubmitSettings {
        // In the order given: the same command makes the same messages.
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (urlsPerMessage < 1 || urlsPerMessage > URLS_PER_MESSAGE_MAX) {
            throw new SubmitException("--urls-per-message %d: expected a number from 1 to %d."
                    .formatted(urlsPerMessage, URLS_PER_MESSAGE_MAX));
        }
        if (!BatchPart.of(batchId).name().equals(BatchPart.WHOLE)) {
            throw new SubmitException(
                    "--batch-id %s: a slash and digits at the end name a part of a large batch; expected another end."
                            .formatted(batchId));
        }
        if (batchId.equals(DEAD_LETTER)) {
            throw new SubmitException(
                    "--batch-id dead-letter: redrive --from dead-letter means the dead-letter queue; expected another name.");
        }
        expectReadable(batchId, tag, headers);
    }

    private static void expectReadable(String batchId, Optional<String> tag, Map<String, String> headers) {
        // With the longest end that a part's name may have.
        String body = Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("batchId", batchId.isEmpty() ? "" : batchId + "/".repeat(PART_CHARS));
            json.writeFieldName("urls");
            json.writeStartArray();
            // With a header of its own, for those of all to be counted.
            json.writeRawValue("{\"url\":\"http://a/\",\"headers\":{\"A\":\"\"}}");
            json.writeEndArray();
            writeDefaults(json, tag, headers);
            json.writeEndObject();
        });
        String reason = switch (BatchReader.read(body, "-")) {
            case Unreadable(String why) -> why;
            case FetchBatch batch when batch.items().getFirst() instanceof InvalidItem item -> item.reason();
            default -> "";
        };
        if (!reason.isEmpty()) {
            throw new SubmitException(sentence(reason));
        }
    }

    /// In the words of the options, not of a message's fields.
    private static String sentence(String reason) {
        String said = reason.replaceFirst("^urls\\[0]\\.", "")
                .replaceFirst("^defaults\\.", "")
                .replaceFirst("^batchId: ", "--batch-id (with the end that a part's name may have): ")
                .replaceFirst("^tag: ", "--tag: ")
                .replaceFirst("^headers: ", "--header: ");
        return said.endsWith(".") ? said : said + ".";
    }

    /// The defaults of a message as `,"defaults":{…}`, or the empty text where there are none.
    String defaultsField() {
        if (tag.isEmpty() && headers.isEmpty()) {
            return "";
        }
        String object = Json.of(json -> {
            json.writeStartObject();
            writeDefaults(json, tag, headers);
            json.writeEndObject();
        });
        return "," + object.substring(1, object.length() - 1);
    }

    private static void writeDefaults(JsonGenerator json, Optional<String> tag, Map<String, String> headers)
            throws IOException {
        if (tag.isEmpty() && headers.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("defaults");
        if (tag.isPresent()) {
            json.writeStringField("tag", tag.get());
        }
        if (!headers.isEmpty()) {
            ItemJson.writeHeaders(json, headers);
        }
        json.writeEndObject();
    }
}
