package dev.fetchline.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchPartTest {
    /// The form as the contract of the people's tools has it.
    private static final Pattern FORM = Pattern.compile("^(.+)/([0-9]{2,})$");

    @ParameterizedTest
    @CsvSource({
        "nightly, nightly, -",
        "nightly/00, nightly, 00",
        "nightly/017, nightly, 017",
        "nightly/0, nightly/0, -",
        "nightly/x1, nightly/x1, -",
        "nightly/, nightly/, -",
        "nightly00, nightly00, -",
        "/00, /00, -",
        "//00, /, 00",
        "a/00/01, a/00, 01",
        "a/00/1, a/00/1, -",
        "00, 00, -",
        "/, /, -",
        "a/٠١, a/٠١, -",
        "é/99, é, 99",
        "-, -, -",
        "'a /12', 'a ', 12"
    })
    void a_part_ends_with_a_slash_and_two_digits_or_more(String batchId, String family, String name) {
        BatchPart part = BatchPart.of(batchId);
        assertThat(part).isEqualTo(new BatchPart(family, name));
        assertThat(part.batchId()).isEqualTo(batchId);
        Matcher form = FORM.matcher(batchId);
        assertThat(form.matches()).isEqualTo(!name.equals(BatchPart.WHOLE));
    }
}
