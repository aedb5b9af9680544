package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.testing.ManualTime;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class RecordWriterTest {
    @Test
    void a_long_queue_that_meets_the_deadline_does_not_grow_the_stack() {
        ManualTime time = new ManualTime();
        try (TestAws aws = TestAws.start()) {
            aws.fault("BatchWriteItem", 100, Answer.NONE);
            RecordWriter writer = new ResultTable(
                            aws.dynamoDb(), "results", time, () -> 0.5, new HostGate(1, 1, 1, 1_000))
                    .writer(Deadline.in(Duration.ofSeconds(10), time));
            ResultRecord record = new ResultRecord(
                    new RecordKey("b", "u"),
                    RecordStatus.OK,
                    1,
                    0,
                    Map.of("batchId", AttributeValue.fromS("b"), "url", AttributeValue.fromS("u")));
            var results =
                    Stream.generate(() -> writer.write(record)).limit(200_000).toList();
            time.advance(Duration.ofSeconds(11));
            assertThat(results)
                    .allMatch(CompletableFuture::isDone)
                    .allMatch(result -> result.resultNow() instanceof WriteResult.NotWritten);
        }
    }
}
