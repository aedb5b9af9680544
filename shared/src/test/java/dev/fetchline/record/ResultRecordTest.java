package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ResultRecordTest {
    private static ResultRecord record(int bodyBytes, int headerBytes) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("batchId", AttributeValue.fromS("b"));
        item.put("url", AttributeValue.fromS("u"));
        item.put("body", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[bodyBytes])));
        item.put("bodyEncoding", AttributeValue.fromS("gzip"));
        item.put("headers", AttributeValue.fromM(Map.of("x", AttributeValue.fromS("é".repeat(headerBytes / 2)))));
        return new ResultRecord(new RecordKey("b", "u"), RecordStatus.OK, 1, 0, item);
    }

    private static ResultRecord with(ResultRecord record, String name, int bytes) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(record.item());
        item.put(name, AttributeValue.fromS("e".repeat(bytes)));
        return new ResultRecord(record.key(), record.status(), record.requestedAt(), record.hop(), item);
    }

    @Test
    void last_of_all_goes_what_came_of_the_item_before() {
        ResultRecord record = with(record(ResultRecord.ITEM_BYTES_MAX, 8_192), "earlier", 500);
        assertThat(record.shrunkToFit().item()).containsOnlyKeys("batchId", "url", "bodyStored", "headers", "earlier");
        record = with(record(1, ResultRecord.ITEM_BYTES_MAX), "earlier", 500);
        assertThat(record.shrunkToFit().item())
                .containsOnlyKeys("batchId", "url", "bodyStored", "headersOmitted", "earlier");
        record = with(record(1, 2), "earlier", ResultRecord.ITEM_BYTES_MAX);
        assertThat(record.shrunkToFit().item()).containsOnlyKeys("batchId", "url", "bodyStored", "headersOmitted");
    }

    @Test
    void what_fits_stays() {
        ResultRecord record = record(350_000, 8_192);
        assertThat(record.shrunkToFit()).isSameAs(record);
    }

    @Test
    void the_body_goes_first_and_the_record_says_so() {
        assertThat(record(ResultRecord.ITEM_BYTES_MAX, 8_192).shrunkToFit().item())
                .containsOnlyKeys("batchId", "url", "bodyStored", "headers")
                .containsEntry("bodyStored", AttributeValue.fromS("ITEM_LIMIT"));
    }

    @Test
    void then_the_headers_and_the_record_says_so() {
        ResultRecord small = record(1, ResultRecord.ITEM_BYTES_MAX).shrunkToFit();
        assertThat(small.item())
                .containsOnlyKeys("batchId", "url", "bodyStored", "headersOmitted")
                .containsEntry("headersOmitted", AttributeValue.fromN("1"));
        assertThat(small.status()).isEqualTo(RecordStatus.OK);
        assertThat(small.requestedAt()).isEqualTo(1);
    }
}
