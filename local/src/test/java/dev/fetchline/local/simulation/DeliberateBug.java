package dev.fetchline.local.simulation;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.queue.QueueMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Mistakes that fetchers make, put between the real pipeline and the world so that it looks as if it made them.
enum DeliberateBug implements Boundary {
    ACKNOWLEDGE_BEFORE_WRITE("I2") {
        @Override
        public CompletableFuture<Set<String>> process(
                FetchPipeline pipeline, List<QueueMessage> messages, Deadline deadline) {
            var _ = pipeline.process(messages, deadline);
            return CompletableFuture.completedFuture(Set.of());
        }
    },
    DROP_UNPROCESSED_ITEMS("I2") {
        @Override
        public DynamoDbAsyncClient table(DynamoDbAsyncClient table, Time time) {
            return new Table(table) {
                @Override
                public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
                    return super.batchWriteItem(request)
                            .thenApply(answer -> answer.toBuilder()
                                    .unprocessedItems(Map.of())
                                    .build());
                }
            };
        }
    },
    DEFER_AFTER_ACKNOWLEDGE("I2") {
        @Override
        public SqsAsyncClient queue(SqsAsyncClient queue, Time time) {
            return new Queue(queue) {
                @Override
                public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
                    time.after(Duration.ofMillis(500), () -> {
                        var _ = super.sendMessageBatch(request);
                    });
                    return CompletableFuture.completedFuture(SendMessageBatchResponse.builder()
                            .successful(request.entries().stream()
                                    .map(entry -> SendMessageBatchResultEntry.builder()
                                            .id(entry.id())
                                            .build())
                                    .toList())
                            .build());
                }
            };
        }
    },
    A_STALE_WRITER_WINS("I3") {
        @Override
        public DynamoDbAsyncClient table(DynamoDbAsyncClient table, Time time) {
            return new Table(table) {
                @Override
                public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
                    return super.putItem(request.toBuilder()
                            .conditionExpression(null)
                            .expressionAttributeNames(null)
                            .expressionAttributeValues(null)
                            .build());
                }
            };
        }
    },
    ATTEMPTS_NOT_CARRIED("I4") {
        @Override
        public SqsAsyncClient queue(SqsAsyncClient queue, Time time) {
            return new Queue(queue) {
                @Override
                public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
                    return super.sendMessageBatch(request.toBuilder()
                            .entries(request.entries().stream()
                                    .map(entry -> entry.toBuilder()
                                            .messageBody(
                                                    entry.messageBody().replaceAll(",\"(made|granted)\":[0-9]+", ""))
                                            .build())
                                    .toList())
                            .build());
                }
            };
        }
    },
    FAILURE_LIST_SHARED_BETWEEN_THREADS("I2") {
        @Override
        public CompletableFuture<Set<String>> process(
                FetchPipeline pipeline, List<QueueMessage> messages, Deadline deadline) {
            return Boundary.NONE.process(pipeline, messages, deadline).thenApply(reportedBack -> {
                List<String> ids = new ArrayList<>(reportedBack);
                if (ids.size() > 1) {
                    // Two threads added at the same index: one of the two is gone.
                    ids.removeLast();
                }
                return new LinkedHashSet<>(ids);
            });
        }
    },
    A_COPY_AT_EACH_REDELIVERY("I4") {
        @Override
        public DynamoDbAsyncClient table(DynamoDbAsyncClient table, Time time) {
            return readingOtherwise(
                    table,
                    items -> items.stream().filter(item -> !isRetrying(item)).toList());
        }

        private static boolean isRetrying(Map<String, AttributeValue> item) {
            return "RETRYING".equals(item.get("status").s());
        }
    },
    YESTERDAYS_RECORD_TAKEN_FOR_TODAYS("I2") {
        @Override
        public DynamoDbAsyncClient table(DynamoDbAsyncClient table, Time time) {
            return readingOtherwise(
                    table,
                    items -> items.stream().map(DeliberateBug::fromTomorrow).toList());
        }
    };

    private final String breaks;

    DeliberateBug(String breaks) {
        this.breaks = breaks;
    }

    /// The invariant that it breaks first.
    String breaks() {
        return breaks;
    }

    private static Map<String, AttributeValue> fromTomorrow(Map<String, AttributeValue> item) {
        if ("RETRYING".equals(item.get("status").s())) {
            return item;
        }
        Map<String, AttributeValue> changed = new HashMap<>(item);
        changed.put("requestedAt", AttributeValue.fromN("99999999999999"));
        return changed;
    }

    private static DynamoDbAsyncClient readingOtherwise(
            DynamoDbAsyncClient table, UnaryOperator<List<Map<String, AttributeValue>>> change) {
        return new Table(table) {
            @Override
            public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
                return super.batchGetItem(request).thenApply(answer -> {
                    Map<String, List<Map<String, AttributeValue>>> changed = new HashMap<>();
                    answer.responses().forEach((name, items) -> changed.put(name, change.apply(items)));
                    return answer.toBuilder().responses(changed).build();
                });
            }
        };
    }

    /// Hands everything on.
    private static class Table implements DynamoDbAsyncClient {
        private final DynamoDbAsyncClient real;

        Table(DynamoDbAsyncClient real) {
            this.real = real;
        }

        @Override
        public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
            return real.putItem(request);
        }

        @Override
        public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
            return real.batchWriteItem(request);
        }

        @Override
        public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
            return real.batchGetItem(request);
        }

        @Override
        public String serviceName() {
            return real.serviceName();
        }

        @Override
        public void close() {}
    }

    /// Hands everything on.
    private static class Queue implements SqsAsyncClient {
        private final SqsAsyncClient real;

        Queue(SqsAsyncClient real) {
            this.real = real;
        }

        @Override
        public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
            return real.sendMessage(request);
        }

        @Override
        public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
            return real.sendMessageBatch(request);
        }

        @Override
        public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            return real.changeMessageVisibilityBatch(request);
        }

        @Override
        public String serviceName() {
            return real.serviceName();
        }

        @Override
        public void close() {}
    }
}
