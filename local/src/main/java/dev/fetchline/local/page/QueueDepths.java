package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.stack.Calls;
import dev.fetchline.local.target.Target;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// How many messages the two queues hold, as SQS estimates it.
///
/// @param target that has the queues
record QueueDepths(Target target) {
    private static final QueueAttributeName VISIBLE = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final QueueAttributeName IN_FLIGHT = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
    private static final QueueAttributeName DELAYED = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;

    void writeTo(JsonGenerator json) throws IOException {
        // Both at once: the page waits for the slower one only.
        CompletableFuture<GetQueueAttributesResponse> queue = ask(target.queueUrl());
        CompletableFuture<GetQueueAttributesResponse> deadLetters = ask(target.deadLetterQueueUrl());
        write(json, "queue", Calls.await(queue).attributes());
        write(json, "deadLetterQueue", Calls.await(deadLetters).attributes());
    }

    private CompletableFuture<GetQueueAttributesResponse> ask(String queueUrl) {
        return target.sqs()
                .getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(VISIBLE, IN_FLIGHT, DELAYED));
    }

    private static void write(JsonGenerator json, String name, Map<QueueAttributeName, String> counts)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("waiting", number(counts, VISIBLE));
        json.writeNumberField("inFlight", number(counts, IN_FLIGHT));
        json.writeNumberField("delayed", number(counts, DELAYED));
        json.writeEndObject();
    }

    private static long number(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }
}
