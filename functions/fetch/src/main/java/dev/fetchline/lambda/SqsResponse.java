package dev.fetchline.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/// Tells Lambda which messages of a batch must come again (its developer guide, "Handling errors for an SQS event
/// source in Lambda").
final class SqsResponse {
    private static final byte[] NOTHING_FAILED = "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);

    private static final JsonFactory JSON = new JsonFactory();

    private SqsResponse() {}

    /// Writes the response, and closes nothing.
    ///
    /// @param reportedBack ids of the messages that must come again; each other one is deleted from the queue
    static void write(Collection<String> reportedBack, OutputStream response) throws IOException {
        if (reportedBack.isEmpty()) {
            response.write(NOTHING_FAILED);
            return;
        }
        try (JsonGenerator json = JSON.createGenerator(new OutputStreamWriter(response, StandardCharsets.UTF_8))) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeArrayFieldStart("batchItemFailures");
            for (String id : reportedBack) {
                json.writeStartObject();
                json.writeStringField("itemIdentifier", id);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
