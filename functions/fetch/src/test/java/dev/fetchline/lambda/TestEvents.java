package dev.fetchline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Events as bytes, as Lambda hands them over.
final class TestEvents {
    private TestEvents() {}

    /// An event of one message with nothing but an id and a body.
    static String of(String messageId, String body) {
        return "{\"Records\":[{\"messageId\":\"" + messageId + "\",\"body\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(body)) + "\"}]}";
    }

    /// What the function answers.
    static String response(FetchHandler handler, Context context, String event) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), response, context);
        return response.toString(StandardCharsets.UTF_8);
    }
}
