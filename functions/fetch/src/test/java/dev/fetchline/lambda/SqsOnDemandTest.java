package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fetchline.testing.TestAws;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// When the queues' client is made, and what becomes of a call where it cannot be.
final class SqsOnDemandTest {
    private final TestAws aws = TestAws.start();
    private final AtomicInteger made = new AtomicInteger();
    private final SqsOnDemand queues = new SqsOnDemand(this::made);

    @AfterEach
    void stop() {
        aws.close();
    }

    private SqsAsyncClient made() {
        made.incrementAndGet();
        return aws.sqs();
    }

    private SendMessageRequest message() {
        return SendMessageRequest.builder()
                .queueUrl(aws.queueUrl("dead"))
                .messageBody("text")
                .build();
    }

    @Test
    void what_makes_no_call_makes_no_client() {
        assertThat(queues.serviceName()).isEqualTo("sqs");
        queues.close();
        assertThat(made).hasValue(0);
    }

    @Test
    void each_call_of_the_function_goes_to_the_one_client() {
        queues.sendMessage(message()).join();
        queues.sendMessageBatch(SendMessageBatchRequest.builder()
                        .queueUrl(aws.queueUrl("fetch"))
                        .entries(SendMessageBatchRequestEntry.builder()
                                .id("0")
                                .messageBody("text")
                                .build())
                        .build())
                .join();
        queues.changeMessageVisibilityBatch(ChangeMessageVisibilityBatchRequest.builder()
                        .queueUrl(aws.queueUrl("fetch"))
                        .entries(ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id("0")
                                .receiptHandle("r")
                                .visibilityTimeout(1)
                                .build())
                        .build())
                .join();
        assertThat(aws.calls()).containsExactly("SendMessage", "SendMessageBatch", "ChangeMessageVisibilityBatch");
        assertThat(made).hasValue(1);
    }

    @Test
    void calls_at_once_make_it_once() throws Exception {
        CountDownLatch together = new CountDownLatch(8);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<Object> one = new CompletableFuture<>();
            sent.add(one);
            threads.add(Thread.ofVirtual().start(() -> {
                together.countDown();
                try {
                    together.await();
                    one.complete(queues.sendMessage(message()).join());
                } catch (Exception failure) {
                    one.completeExceptionally(failure);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sent).allSatisfy(one -> assertThat(one).isCompleted());
        assertThat(made).hasValue(1);
    }

    @Test
    void a_client_that_cannot_be_made_fails_that_call_and_no_other() {
        SqsOnDemand late = new SqsOnDemand(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("as told");
            }
            return aws.sqs();
        });
        CompletableFuture<?> first = late.sendMessage(message());
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(first::join)
                .havingCause()
                .withMessage("as told");
        late.sendMessage(message()).join();
        late.sendMessage(message()).join();
        assertThat(made).hasValue(2);
    }
}
