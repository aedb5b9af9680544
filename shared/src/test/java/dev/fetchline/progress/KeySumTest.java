package dev.fetchline.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySumTest {
    private static final List<String> KEYS = List.of(
            "https://example.com/", "HEAD https://example.com/", "https://example.com/1", "invalid:sha256=00", "");

    /// From `fnv1a_64_vector` of the authors' `test_fnv.c`
    /// (<http://www.isthe.com/chongo/tech/comp/fnv/index.html>).
    @ParameterizedTest
    @CsvSource({
        "'', cbf29ce484222325",
        "a, af63dc4c8601ec8c",
        "b, af63df4c8601f1a5",
        "c, af63de4c8601eff2",
        "fo, 08985907b541d342",
        "foo, dcb27518fed9d577",
        "foob, dd120e790c2512af",
        "fooba, cac165afa2fef40a",
        "foobar, 85944171f73967e8",
        "'chongo was here!\n', 46810940eff5f915"
    })
    void hash_gives_the_published_values(String key, String hash) {
        assertThat(KeySum.of(key).toString()).isEqualTo("1:" + hash);
        assertThat(KeySum.hash(key)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/é", "€", "a\uD83D\uDE00b", "\u0080", "\u007f", "ÿ\u0000"})
    void hash_is_of_the_bytes_of_utf_8(String key) {
        long expected = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            expected = (expected ^ Byte.toUnsignedLong(b)) * 0x100000001b3L;
        }
        assertThat(KeySum.hash(key)).isEqualTo(expected);
    }

    @Test
    void a_sum_does_not_depend_on_order_and_parts() {
        KeySum all = KeySum.NONE;
        for (String key : KEYS) {
            all = all.plus(key);
        }
        List<String> shuffled = new ArrayList<>(KEYS);
        Collections.shuffle(shuffled, new Random(7));
        KeySum some = KeySum.NONE.plus(shuffled.get(0)).plus(shuffled.get(1));
        KeySum rest =
                KeySum.of(shuffled.get(2)).plus(KeySum.of(shuffled.get(3))).plus(shuffled.get(4));
        assertThat(some.plus(rest)).isEqualTo(all);
        assertThat(all.count()).isEqualTo(KEYS.size());
    }

    @Test
    void a_key_counted_twice_in_place_of_another_is_seen() {
        KeySum right = KeySum.of("a").plus("b");
        KeySum wrong = KeySum.of("a").plus("a");
        assertThat(wrong.count()).isEqualTo(right.count());
        assertThat(wrong).isNotEqualTo(right);
    }

    @Test
    void what_is_written_is_read() {
        KeySum sum = KeySum.of("a").plus("b");
        assertThat(sum.toString()).isEqualTo("2:5ec7bb990c03de31");
        assertThat(KeySum.parse(sum.toString())).isEqualTo(sum);
        assertThat(KeySum.parse(KeySum.NONE.toString())).isEqualTo(KeySum.NONE);
        assertThat(KeySum.parse("3:ffffffffffffffff")).isEqualTo(new KeySum(3, -1));
        assertThat(KeySum.NONE.toString()).isEqualTo("0:0000000000000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1",
                "1:",
                ":0000000000000000",
                "1:000000000000000",
                "1:00000000000000000",
                "1:000000000000000G",
                "1:FFFFFFFFFFFFFFFF",
                "-1:0000000000000000",
                "+1:0000000000000000",
                "1:-000000000000000",
                " 1:0000000000000000",
                "1:0000000000000000\n",
                "1234567890123456789:0000000000000000",
                "١:0000000000000000"
            })
    void what_is_no_sum_is_refused_in_one_sentence(String text) {
        assertThatThrownBy(() -> KeySum.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found \"" + text + "\" as a sum of keys, expected a count of at most 18 digits, a colon"
                        + " and 16 lower-case hex digits");
    }
}
