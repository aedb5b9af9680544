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
