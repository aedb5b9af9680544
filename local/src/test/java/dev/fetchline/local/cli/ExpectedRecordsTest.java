package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedRecordsTest {
    private static final List<OutgoingMessage> MESSAGES = List.of(
            new OutgoingMessage("{\"batchId\":\"b\",\"urls\":[\"HTTP://Z.example\",\"http://a.example/\"]}", List.of()),
            OutgoingMessage.whole("{broken"),
            OutgoingMessage.whole("[\"http://m.example/\", {\"url\":\"http://m.example/\",\"method\":\"HEAD\"}]"),
            // The same URL in another spelling is the same record.
            OutgoingMessage.whole(
                    "{\"batchId\":\"b\",\"urls\":[\"http://z.example:80/\", \"ftp://a/\", \"nonsense\"]}"));

    private final ExpectedRecords expected = ExpectedRecords.of(MESSAGES, List.of("id-0", "id-1", "id-2", "id-3"));

    @Test
    void every_distinct_key_is_expected_once() {
        assertThat(expected.count()).isEqualTo(6);
    }

    @Test
    void records_come_in_the_order_of_the_input() {
        List<FetchRecord> shuffled = List.of(
                Records.of("x", "http://stranger/", "OK"),
                Records.of("id-2", "HEAD http://m.example/", "OK"),
                Records.of("b", "http://a.example/", "OK"),
                Records.of("id-2", "http://m.example/", "OK"),
                Records.of("b", "http://z.example/", "OK"));
        assertThat(expected.inInputOrder(shuffled))
                .extracting(FetchRecord::url)
                .containsExactly(
                        "http://z.example/",
                        "http://a.example/",
                        "http://m.example/",
                        "HEAD http://m.example/",
                        "http://stranger/");
    }

    @Test
    void what_has_no_final_record_is_unfinished() {
        assertThat(expected.unfinished(List.of(
                        Records.of("b", "http://z.example/", "OK"),
                        Records.of("b", "http://a.example/", "RETRYING"),
                        Records.of("id-2", "http://m.example/", "HTTP_ERROR"),
                        Records.of("other", "HEAD http://m.example/", "OK"))))
                .containsExactly("http://a.example/", "http://m.example/", "ftp://a/", "nonsense");
    }
}
