package dev.fetchline.local.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.results.HostTable.Order;
import dev.fetchline.local.results.HostTable.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class HostTableTest {
    @Test
    void every_figure_is_of_its_own_host() {
        HostTable hosts = new HostTable(10);
        for (int ms = 1; ms <= 100; ms++) {
            hosts.add(record("https://a/" + ms, ms <= 97 ? "OK" : "HTTP_ERROR", 1, 10, ms, ms <= 97 ? 200 : 429));
        }
        hosts.add(record("http://b:8080/", "OK", 3, 7, 5000, 200));
        hosts.add(new FetchRecord(
                Map.of("url", AttributeValue.fromS("https://b/x"), "status", AttributeValue.fromS("REFUSED"))));
        hosts.add(new FetchRecord(
                Map.of("url", AttributeValue.fromS("invalid:sha256=00"), "status", AttributeValue.fromS("INVALID"))));

        assertThat(hosts.rows(Order.URLS)).extracting(Row::host).containsExactly("a", "b", HostTable.NO_HOST);
        HostFigures a = hosts.rows(Order.URLS).getFirst().figures();
        assertThat(a.urls()).isEqualTo(100);
        assertThat(a.okShare()).isCloseTo(0.97, within(1e-9));
        assertThat(a.percentileMs(50)).isEqualTo(50);
        assertThat(a.percentileMs(95)).isEqualTo(95);
        assertThat(a.tooMany()).isEqualTo(3);
        assertThat(a.retries()).isZero();
        assertThat(a.bytes()).isEqualTo(1000);
        HostFigures b = hosts.rows(Order.URLS).get(1).figures();
        assertThat(b.urls()).isEqualTo(2);
        assertThat(b.retries()).isEqualTo(2);
        assertThat(b.refused()).isEqualTo(1);
        assertThat(b.percentileMs(95)).isBetween(4_950L, 5_050L);
        assertThat(hosts.rows(Order.URLS).getLast().figures().percentileMs(95)).isZero();
        assertThat(hosts.others()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "URLS, many",
        "OK, bad",
        "P95, slow",
        "RETRIES, patient",
        "TOO_MANY, busy",
        "BYTES, large",
        "REFUSED, inside"
    })
    void rows_are_sorted_by_what_is_asked(Order order, String first) {
        HostTable hosts = new HostTable(10);
        for (int i = 0; i < 3; i++) {
            hosts.add(record("https://many/" + i, "OK", 1, 1, 1, 200));
        }
        hosts.add(record("https://bad/", "FAILED", 1, 1, 1, 500));
        hosts.add(record("https://slow/", "OK", 1, 1, 9000, 200));
        hosts.add(record("https://patient/", "OK", 9, 1, 1, 200));
        hosts.add(record("https://busy/1", "HTTP_ERROR", 1, 1, 1, 429));
        hosts.add(record("https://busy/2", "OK", 1, 1, 1, 200));
        hosts.add(record("https://large/", "OK", 1, 1_000_000, 1, 200));
        hosts.add(record("https://inside/1", "REFUSED", 0, 0, 0, 0));
        hosts.add(record("https://inside/2", "OK", 1, 1, 1, 200));

        assertThat(hosts.rows(order).getFirst().host()).isEqualTo(first);
    }

    @Test
    void hosts_beyond_the_bound_are_added_up() {
        HostTable hosts = new HostTable(2);
        for (int i = 0; i < 5; i++) {
            hosts.add(record("https://h" + i + "/", "OK", 1, 1, i, 200));
            hosts.add(record("https://h0/" + i, "OK", 1, 1, i, 200));
        }

        assertThat(hosts.rows(Order.URLS)).extracting(Row::host).containsExactly("h0", "h1");
        assertThat(hosts.rows(Order.URLS).getFirst().figures().urls()).isEqualTo(6);
        assertThat(hosts.others()).isNotNull();
        assertThat(hosts.others().figures().urls()).isEqualTo(3);
    }

    private static FetchRecord record(String url, String status, int attempts, int bytes, int ms, int httpStatus) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("url", AttributeValue.fromS(url));
        row.put("status", AttributeValue.fromS(status));
        row.put("attempts", AttributeValue.fromN(Integer.toString(attempts)));
        row.put("bodyBytes", AttributeValue.fromN(Integer.toString(bytes)));
        row.put("durationMs", AttributeValue.fromN(Integer.toString(ms)));
        row.put("httpStatus", AttributeValue.fromN(Integer.toString(httpStatus)));
        return new FetchRecord(row);
    }
}
