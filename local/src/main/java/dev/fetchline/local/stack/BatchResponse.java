package dev.fetchline.local.stack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which messages of a batch the queue gets back, by Lambda's rules. A mistake in the answer fails the whole batch:
/// handling a message twice is bearable, losing one is not.
final class BatchResponse {
    private BatchResponse() {}

    /// The message ids of `batch` that failed; every other message is deleted from the queue.
    static Set<String> failed(Invocation invocation, Set<String> batch, boolean reportsFailures) {
        if (!invocation.succeeded()) {
            return batch;
        }
        if (!reportsFailures) {
            // Lambda does not even look: the template is wrong, and the messages are gone.
            return Set.of();
        }
        if (invocation.payload().isBlank()) {
            return Set.of();
        }
        try (JsonParser json = Json.FACTORY.createParser(invocation.payload())) {
            Set<String> failed = read(json);
            boolean trailing = json.nextToken() != null;
            return trailing || !batch.containsAll(failed) ? batch : failed;
        } catch (IOException e) {
            return batch;
        }
    }

    private static Set<String> read(JsonParser json) throws IOException {
        Set<String> failed = new LinkedHashSet<>();
        JsonToken first = json.nextToken();
        if (first == JsonToken.VALUE_NULL) {
            return failed;
        }
        expect(first, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean failures = json.currentName().equals("batchItemFailures");
            JsonToken value = json.nextToken();
            if (failures && value != JsonToken.VALUE_NULL) {
                expect(value, JsonToken.START_ARRAY);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    failed.add(identifier(json));
                }
            } else {
                json.skipChildren();
            }
        }
        return failed;
    }

    /// One entry; an entry without a proper id answers with the empty id, which is in no batch.
    private static String identifier(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        String id = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean named = json.currentName().equals("itemIdentifier");
            if (json.nextToken() == JsonToken.VALUE_STRING && named) {
                id = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return id;
    }

    private static void expect(@Nullable JsonToken is, JsonToken wanted) throws IOException {
        if (is != wanted) {
            throw new IOException("expected " + wanted + ", found " + is);
        }
    }
}
