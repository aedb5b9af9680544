package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.RequestMethod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RecordKeyTest {
    private static final String START = "https://example.com/";

    private static String key(RequestMethod method, String canonical) {
        return RecordKey.ofText("b", method, canonical).url();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String ofBytes(int bytes) {
        return START + "x".repeat(bytes - START.length());
    }

    @Test
    void the_url_is_the_key_up_to_the_limit_of_a_sort_key() {
        assertThat(key(RequestMethod.GET, ofBytes(1_024))).isEqualTo(ofBytes(1_024));
        assertThat(key(RequestMethod.HEAD, ofBytes(1_019))).isEqualTo("HEAD " + ofBytes(1_019));
    }

    @Test
    void a_longer_one_is_its_beginning_and_a_hash_within_the_limit() {
        for (String url :
                new String[] {ofBytes(1_025), ofBytes(8_192), START + "é".repeat(600), START + "😀".repeat(300)}) {
            String key = key(RequestMethod.GET, url);
            assertThat(bytes(key)).isBetween(1_020, 1_024);
            assertThat(key)
                    .startsWith(START)
                    .matches("(?s).*#sha256=[0-9a-f]{64}")
                    .doesNotContain("?");
            assertThat(new RecordKey("b", key).isWhole(url)).isFalse();
        }
        assertThat(bytes(key(RequestMethod.HEAD, ofBytes(1_020)))).isEqualTo(1_024);
        assertThat(key(RequestMethod.HEAD, ofBytes(1_020))).startsWith("HEAD " + START);
    }

    @Test
    void unlike_urls_have_unlike_keys() {
        assertThat(key(RequestMethod.GET, ofBytes(2_000) + "a"))
                .isNotEqualTo(key(RequestMethod.GET, ofBytes(2_000) + "b"));
        assertThat(key(RequestMethod.GET, START)).isNotEqualTo(key(RequestMethod.HEAD, START));
        assertThat(key(RequestMethod.GET, ofBytes(2_000))).isNotEqualTo(key(RequestMethod.HEAD, ofBytes(2_000)));
    }

    @Test
    void what_is_no_url_has_the_hash_of_its_text() {
        assertThat(RecordKey.ofInvalid("b", InvalidItem.of("abc", "why").sha256()))
                .isEqualTo(new RecordKey(
                        "b", "invalid:sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void a_whole_key_says_all_of_the_url() {
        assertThat(RecordKey.ofText("b", RequestMethod.HEAD, START).isWhole(START))
                .isTrue();
        assertThat(RecordKey.ofText("b", RequestMethod.GET, START).isWhole(START))
                .isTrue();
    }
}
