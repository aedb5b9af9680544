package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RecordTableTest {
    @Test
    void a_line_for_each_record_and_one_that_says_why() {
        List<String> lines = new RecordTable(120)
                .linesOf(List.of(
                        Records.ok("http://a/", "2026-01-01T00:00:00Z", 1234),
                        Records.failed("http://b/", "DNS", "no such name")));
        assertThat(lines)
                .containsExactly(
                        "STATUS      HTTP       MS        BYTES  TRIES  URL",
                        "OK           200    1,234       12,345      2  http://a/",
                        "FAILED         -        -            -      -  http://b/",
                        "    DNS: no such name");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        List<FetchRecord> records = List.of(
                Records.ok("http://a/" + "x".repeat(500), "2026-01-01T00:00:00Z", 1),
                Records.failed("http://b/", "TLS_PROTOCOL", "y".repeat(500)));
        assertThat(new RecordTable(80).linesOf(records))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void text_from_strangers_is_harmless() {
        List<String> lines = new RecordTable(120)
                .linesOf(List.of(Records.failed("http://a/", "TLS_PROTOCOL", "\u001b[2Jcleared\n")));
        assertThat(lines).last().isEqualTo("    TLS_PROTOCOL: \\u001b[2Jcleared\\u000a");
    }

    @Test
    void an_invalid_item_is_shown_as_it_was_submitted() {
        FetchRecord invalid = new FetchRecord(Map.of(
                "url", AttributeValue.fromS("invalid:sha256=0123"),
                "submitted", AttributeValue.fromS("no url"),
                "status", AttributeValue.fromS("INVALID")));
        assertThat(new RecordTable(80).linesOf(List.of(invalid)))
                .last()
                .asString()
                .endsWith("  no url");
    }

    @Test
    void a_cut_body_is_labelled() {
        FetchRecord cut = new FetchRecord(Map.of(
                "url", AttributeValue.fromS("http://a/"),
                "status", AttributeValue.fromS("OK"),
                "truncated", AttributeValue.fromS("LENGTH")));
        assertThat(new RecordTable(80).linesOf(List.of(cut))).last().isEqualTo("    body cut: LENGTH");
    }
}
