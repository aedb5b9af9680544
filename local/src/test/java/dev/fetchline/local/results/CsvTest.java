package dev.fetchline.local.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    void a_line_is_quoted_where_it_must_be_and_ends_as_the_rfc_says() {
        assertThat(Csv.line(List.of("plain", "", "a,b", "say \"no\"", "two\nlines", "é")))
                .isEqualTo("plain,,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",é\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "=HYPERLINK(\"x\")"})
    void what_begins_like_a_formula_is_a_text(String value) {
        assertThat(Csv.text(value)).isEqualTo("'" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/=1", "a=1", "", " =1", "1-2", "'=1"})
    void what_does_not_is_left_alone(String value) {
        assertThat(Csv.text(value)).isEqualTo(value);
    }
}
