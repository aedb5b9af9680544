package dev.fetchline.local.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The check notices what it is there for.
class HostileCheckTest {
    private static final HostileCase OK = HostileCase.of("theme", "fine", Script.silent(), Expected.ok());
    private static final HostileCase BROKEN = HostileCase.of(
                    "theme", "broken", Script.silent(), Expected.failed("PROTOCOL"))
            .knownFault("nobody can tell", Expected.ok());

    private final HostileCheck check = new HostileCheck(List.of(OK, BROKEN), "one-");

    @Test
    void right_records_are_right() {
        record("0", "OK", "200", null);
        record("1", "FAILED", null, "PROTOCOL");
        good(0);
        good(1);
        assertThat(check.wrong()).isEmpty();
        assertThat(check.survived()).isEqualTo(2);
        assertThat(check.knownFaults()).isEmpty();
        assertThat(check.byKind()).isEqualTo(Map.of("OK", 1L, "FAILED PROTOCOL", 1L));
    }

    @Test
    void a_wrong_record_is_named_with_what_was_expected_and_found() {
        record("0", "FAILED", null, "DISCONNECTED");
        record("1", "FAILED", null, "PROTOCOL");
        good(0);
        good(1);
        assertThat(check.wrong())
                .containsExactly("theme: fine: expected error=- httpStatus=200 status=OK truncated=-;"
                        + " found error=DISCONNECTED httpStatus=- status=FAILED truncated=-");
    }

    @Test
    void a_fault_that_is_known_is_told_and_another_one_is_wrong() {
        record("1", "OK", "200", null);
        assertThat(check.knownFaults()).isEqualTo(Map.of("theme: broken", "nobody can tell"));
        record("1", "FAILED", null, "DISCONNECTED");
        assertThat(check.wrong()).anyMatch(sentence -> sentence.startsWith("theme: broken: expected error=PROTOCOL"));
    }

    @Test
    void missing_records_are_named() {
        record("0", "OK", "200", null);
        good(1);
        assertThat(check.survived()).isZero();
        assertThat(check.wrong())
                .containsExactly("theme: fine: no record of the honest page behind it", "theme: broken: no record");
    }

    @Test
    void an_honest_page_that_has_the_body_of_another_is_wrong() {
        record("0", "OK", "200", null);
        Map<String, AttributeValue> row = row("good 0", "OK", "200", null);
        row.put("bodyBytes", AttributeValue.fromN("6"));
        check.record(row);
        assertThat(check.wrong()).anyMatch(sentence -> sentence.startsWith("theme: fine, the honest page behind it"));
    }

    @Test
    void there_are_enough_cases_and_each_has_a_name_of_its_own() {
        List<HostileCase> all = HostileCases.all();
        assertThat(all.stream().map(HostileCase::tag)).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(
                        its -> List.of("length", "chunks", "head", "connection").contains(its.theme()))
                .hasSizeGreaterThan(200);
    }

    private void good(int number) {
        Map<String, AttributeValue> row = row("good " + number, "OK", "200", null);
        Expected.ok(HostileWeb.goodText(number)).choices().getFirst().forEach((name, value) -> {
            if (name.equals("bodyBytes")) {
                row.put(name, AttributeValue.fromN(value));
            } else if (name.equals("bodySha256")) {
                row.put(name, AttributeValue.fromS(value));
            }
        });
        check.record(row);
    }

    private void record(String tag, String status, String httpStatus, String kind) {
        check.record(row(tag, status, httpStatus, kind));
    }

    private static Map<String, AttributeValue> row(String tag, String status, String httpStatus, String kind) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("batchId", AttributeValue.fromS("one-1"));
        row.put("tag", AttributeValue.fromS(tag));
        row.put("status", AttributeValue.fromS(status));
        if (httpStatus != null) {
            row.put("httpStatus", AttributeValue.fromN(httpStatus));
        }
        if (kind != null) {
            row.put("error", AttributeValue.fromM(Map.of("kind", AttributeValue.fromS(kind))));
        }
        return row;
    }
}
