package dev.fetchline.lambda;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// The queues' client, made by its first call: an event in which all goes well has none, and a start need not pay for
/// it. It has the calls that the function makes; any other is an [UnsupportedOperationException].
final class SqsOnDemand implements SqsAsyncClient {
    private final Supplier<SqsAsyncClient> making;
    /// Guarded by this.
    private @Nullable SqsAsyncClient made;

    /// @param making makes the client: once, but again by the next call where it throws
    SqsOnDemand(Supplier<SqsAsyncClient> making) {
        this.making = making;
    }

    @Override
    public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
        return call(client -> client.sendMessage(request));
    }

    @Override
    public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
        return call(client -> client.sendMessageBatch(request));
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return call(client -> client.changeMessageVisibilityBatch(request));
    }

    /// A client that cannot be made is a failure of the call, told where those are told: in its future.
    private <T> CompletableFuture<T> call(Function<SqsAsyncClient, CompletableFuture<T>> call) {
        SqsAsyncClient client;
        try {
            client = client();
        } catch (RuntimeException | LinkageError failure) {
            return CompletableFuture.failedFuture(failure);
        }
        return call.apply(client);
    }

    private synchronized SqsAsyncClient client() {
        SqsAsyncClient its = made;
        if (its == null) {
            its = making.get();
            made = its;
        }
        return its;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
