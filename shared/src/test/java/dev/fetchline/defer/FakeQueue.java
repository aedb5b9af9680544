package dev.fetchline.defer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// A client of SQS that answers as it is told, when it is told: for what cannot be timed over a real connection.
final class FakeQueue implements SqsAsyncClient {
    private final Function<SendMessageBatchRequest, CompletableFuture<SendMessageBatchResponse>> answer;
    private final List<SendMessageBatchRequest> requests = Collections.synchronizedList(new ArrayList<>());

    FakeQueue(Function<SendMessageBatchRequest, CompletableFuture<SendMessageBatchResponse>> answer) {
        this.answer = answer;
    }

    /// Takes everything at once.
    static CompletableFuture<SendMessageBatchResponse> takeAll(SendMessageBatchRequest request) {
        return CompletableFuture.completedFuture(allOf(request));
    }

    static SendMessageBatchResponse allOf(SendMessageBatchRequest request) {
        return SendMessageBatchResponse.builder()
                .successful(request.entries().stream()
                        .map(entry -> SendMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .build())
                        .toList())
                .build();
    }

    List<SendMessageBatchRequest> requests() {
        return requests;
    }

    @Override
    public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
        requests.add(request);
        return answer.apply(request);
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
