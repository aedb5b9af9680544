package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What an ElasticMQ tells of its messages, over HTTP as any client uses it.
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class SendTimesTest {
    private QueueServer server;
    private AwsClients clients;
    private SqsAsyncClient sqs;

    @BeforeAll
    void start() {
        server = QueueServer.start();
        clients = AwsClients.of(server.endpoint(), server.endpoint());
        sqs = clients.sqs();
    }

    @AfterAll
    void stop() {
        clients.close();
        server.close();
    }

    private String queue(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .join()
                .queueUrl();
    }

    private void send(String queueUrl, String body) {
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(body)).join();
    }

    private Message receive(String queueUrl, int hiddenSeconds) {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                        .visibilityTimeout(hiddenSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
                .join()
                .messages()
                .getFirst();
    }

    private Optional<Instant> oldest(String queue) {
        return server.sendTimes().oldest(queue);
    }

    private static Instant sent(Message message) {
        return Instant.ofEpochMilli(
                Long.parseLong(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP)));
    }

    @Test
    void the_oldest_is_the_first_that_was_sent_and_is_not_deleted() {
        String queueUrl = queue("first", Map.of());
        assertThat(oldest("first")).isEmpty();
        send(queueUrl, "one");
        Instant between = Instant.now();
        send(queueUrl, "two");
        assertThat(oldest("first").orElseThrow()).isBeforeOrEqualTo(between);
        Message one = receive(queueUrl, 60);
        assertThat(oldest("first").map(Instant::toEpochMilli))
                .contains(sent(one).toEpochMilli());
        sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(one.receiptHandle()))
                .join();
        Message two = receive(queueUrl, 60);
        assertThat(oldest("first").map(Instant::toEpochMilli))
                .contains(sent(two).toEpochMilli());
        sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(two.receiptHandle()))
                .join();
        assertThat(oldest("first")).isEmpty();
    }

    @Test
    void a_message_that_dies_is_the_dead_letter_queues_from_then_on() {
        String dead = queue("dead", Map.of());
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .join()
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String queueUrl = queue(
                "living",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"1\"}".formatted(arn)));
        send(queueUrl, "one");
        Instant sent = sent(receive(queueUrl, 0));
        assertThat(oldest("dead")).isEmpty();
        assertThat(sqs.receiveMessage(request -> request.queueUrl(queueUrl))
                        .join()
                        .messages())
                .isEmpty();
        Until.holds("dead", () -> oldest("dead").isPresent());
        assertThat(oldest("living")).isEmpty();
        assertThat(oldest("dead").orElseThrow().toEpochMilli()).isEqualTo(sent.toEpochMilli());
    }

    @Test
    void a_queue_that_was_purged_holds_nothing_old() {
        String queueUrl = queue("purged", Map.of());
        QueueMessages messages = new QueueMessages(
                sqs, new StackResources(queueUrl, "arn", queueUrl, "table", Optional.empty(), List.of()));
        send(queueUrl, "one");
        assertThat(messages.oldestSent(server.sendTimes())).isPresent();
        sqs.purgeQueue(request -> request.queueUrl(queueUrl)).join();
        assertThat(messages.oldestSent(server.sendTimes())).isEmpty();
        Instant now = Instant.now();
        send(queueUrl, "two");
        assertThat(messages.oldestSent(server.sendTimes()).orElseThrow()).isAfterOrEqualTo(now.minusMillis(1));
    }
}
