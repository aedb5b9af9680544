package dev.fetchline.local.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RecordJsonTest {
    @Test
    void keys_stand_in_the_fixed_order() {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("zebra", AttributeValue.fromS("unknown names come last, in alphabetical order"));
        row.put("apple", AttributeValue.fromS(""));
        row.put("tag", AttributeValue.fromS("t"));
        row.put("attempts", AttributeValue.fromN("2"));
        row.put("httpStatus", AttributeValue.fromN("200"));
        row.put("status", AttributeValue.fromS("OK"));
        row.put("url", AttributeValue.fromS("http://a/"));
        row.put("batchId", AttributeValue.fromS("b"));
        assertThat(line(row))
                .isEqualTo(
                        "{\"batchId\":\"b\",\"url\":\"http://a/\",\"status\":\"OK\",\"httpStatus\":200,\"attempts\":2,"
                                + "\"tag\":\"t\",\"apple\":\"\",\"zebra\":\"unknown names come last, in alphabetical order\"}");
    }

    @Test
    void every_type_has_its_plain_form() {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("a", AttributeValue.fromN("12345678901234567890.5"));
        row.put("b", AttributeValue.fromBool(true));
        row.put("c", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, (byte) 255})));
        row.put("d", AttributeValue.fromL(List.of(AttributeValue.fromS("x"), AttributeValue.fromN("-1"))));
        row.put("e", AttributeValue.fromNul(true));
        row.put("f", AttributeValue.fromSs(List.of("s")));
        row.put("g", AttributeValue.fromNs(List.of("7")));
        row.put("h", AttributeValue.fromM(Map.of()));
        assertThat(line(row))
                .isEqualTo("{\"a\":12345678901234567890.5,\"b\":true,\"c\":\"AQL/\",\"d\":[\"x\",-1],\"e\":null,"
                        + "\"f\":[\"s\"],\"g\":[7],\"h\":{}}");
    }

    @Test
    void nested_maps_are_ordered_too() {
        assertThat(RecordJson.lineOf(Records.failed("http://a/", "DNS", "no such name")))
                .endsWith("\"error\":{\"kind\":\"DNS\",\"detail\":\"no such name\"}}");
    }

    @Test
    void what_came_of_an_item_before_stands_in_its_order() {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("expiresAt", AttributeValue.fromN("5"));
        row.put(
                "earlier",
                AttributeValue.fromM(Map.of(
                        "times", AttributeValue.fromN("1"),
                        "attempts", AttributeValue.fromN("4"),
                        "status", AttributeValue.fromS("FAILED"))));
        row.put("tag", AttributeValue.fromS("t"));
        assertThat(line(row))
                .isEqualTo("{\"tag\":\"t\",\"earlier\":{\"status\":\"FAILED\",\"attempts\":4,\"times\":1},"
                        + "\"expiresAt\":5}");
    }

    @Test
    void what_a_server_said_of_the_next_try_stands_in_its_order() {
        assertThat(RecordJson.lineOf(Records.told(
                        Records.retrying("http://a/", "2026-01-01T15:32:10Z"), "3600", 3_600_000, "AS_SAID")))
                .endsWith(
                        "\"attempts\":1,\"retryAfter\":{\"header\":\"3600\",\"waitMs\":3600000,\"reading\":\"AS_SAID\"},"
                                + "\"nextAttemptAt\":\"2026-01-01T15:32:10Z\"}");
    }

    @Test
    void a_record_is_one_line() {
        assertThat(line(Map.of("body", AttributeValue.fromS("a\r\nb\u0001\"\u2028"))))
                .isEqualTo("{\"body\":\"a\\r\\nb\\u0001\\\"\u2028\"}");
    }

    private static String line(Map<String, AttributeValue> row) {
        return RecordJson.lineOf(new FetchRecord(row));
    }
}
