package dev.fetchline.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `docs/prices.json`, and files in its place.
class PricesTest {
    private static final Path FILE = Path.of("..", "docs", "prices.json");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void each_price_is_positive_and_says_where_and_when_it_was_found(Prices.Item item) {
        Prices.Price price = Prices.read(FILE).all().get(item);
        assertThat(price.usd()).isPositive();
        assertThat(price.per()).isNotBlank();
        assertThat(price.asOf()).matches("20\\d\\d(-[01]\\d(-[0-3]\\d)?)?");
        assertThat(price.source()).startsWith("https://");
        assertThat(price.page()).startsWith("https://aws.amazon.com/");
    }

    @Test
    void the_file_names_its_region_and_the_day_of_the_look_up() {
        Prices prices = Prices.read(FILE);
        assertThat(prices.region()).isEqualTo("us-east-1");
        assertThat(LocalDate.parse(prices.lookedUp())).isAfter("2026-01-01");
    }

    @Test
    void a_file_that_is_not_what_it_should_be_is_named() throws IOException {
        assertFault("cannot be read", directory.resolve("none.json"));
        assertFault("is not JSON: ", file("{\"prices\": {"));
        assertFault("holds no JSON object", file("[]"));
        assertFault("has no object \"prices\"", file("{}"));
        assertFault("prices.lambdaGbSecond.usd is missing or not above zero", file("{\"prices\": {}}"));
        assertFault(
                "prices.lambdaGbSecond.usd is missing or not above zero",
                file("{\"prices\": {\"lambdaGbSecond\": {\"usd\": 0}}}"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("prices.json"), text);
    }

    private static void assertFault(String sentence, Path file) {
        assertThatThrownBy(() -> Prices.read(file))
                .isInstanceOf(CostException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(sentence);
    }
}
