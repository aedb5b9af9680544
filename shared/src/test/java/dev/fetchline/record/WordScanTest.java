package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a look at each byte.
final class WordScanTest {
    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length + 9];
        Arrays.fill(bytes, 0, length, (byte) value);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 'x', 0x7f, 0x80, 0x81, 0xff})
    void a_zero_is_seen_at_every_place_and_nothing_else_is_taken_for_one(int value) {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = filled(length, value);
            assertThat(WordScan.holdsNul(bytes, length))
                    .as("none in %d", length)
                    .isFalse();
            for (int at = 0; at < length; at++) {
                bytes[at] = 0;
                assertThat(WordScan.holdsNul(bytes, length))
                        .as("at %d of %d", at, length)
                        .isTrue();
                bytes[at] = (byte) value;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc3, 0xff})
    void what_is_counted_as_ascii_is_ascii_and_goes_on_to_the_word_of_the_first_that_is_not(int value) {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = filled(length, 'x');
            assertThat(WordScan.asciiPrefix(bytes, length)).isEqualTo(length / 8 * 8);
            for (int at = 0; at < length; at++) {
                bytes[at] = (byte) value;
                assertThat(WordScan.asciiPrefix(bytes, length)).isEqualTo(Math.min(at, length) / 8 * 8);
                bytes[at] = 'x';
            }
        }
    }
}
