package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Packs the URLs of a text into messages of one batch.
///
/// @param batchId the batch of all of them
/// @param urlsPerMessage as many as a message holds, or fewer where its size ends it
record UrlPacker(String batchId, int urlsPerMessage) {
    /// ASCII only: some characters that a URL line may hold are none that the queue takes.
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// Room for the names, the batchId and the brackets.
    private static final int BODY_BYTES_BESIDE_URLS = 1024;

    /// @param name what to call the input in a sentence
    /// @param text a URL a line; blank lines and lines that start with `#` are skipped
    List<OutgoingMessage> messagesOf(String name, String text) {
        List<OutgoingMessage> messages = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        long bytes = BODY_BYTES_BESIDE_URLS;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String url = line.strip();
            if (url.isEmpty() || url.startsWith("#")) {
                continue;
            }
            long urlBytes = jsonOf(url).length() + 1L;
            if (BODY_BYTES_BESIDE_URLS + urlBytes > InputReader.BODY_BYTES_MAX) {
                throw CliException.usage(
                        "line %d of %s is too long for a message: %,d bytes as JSON, and the queue takes %,d."
                                .formatted(number, name, urlBytes, InputReader.BODY_BYTES_MAX));
            }
            if (urls.size() == urlsPerMessage || bytes + urlBytes > InputReader.BODY_BYTES_MAX) {
                messages.add(messageOf(urls));
                urls.clear();
                bytes = BODY_BYTES_BESIDE_URLS;
            }
            urls.add(url);
            bytes += urlBytes;
        }
        if (!urls.isEmpty()) {
            messages.add(messageOf(urls));
        }
        return messages;
    }

    private OutgoingMessage messageOf(List<String> urls) {
        StringWriter body = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("batchId", batchId);
            json.writeFieldName("urls");
            json.writeArray(urls.toArray(String[]::new), 0, urls.size());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OutgoingMessage(body.toString(), urls);
    }

    private static String jsonOf(String text) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            generator.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toString();
    }
}
