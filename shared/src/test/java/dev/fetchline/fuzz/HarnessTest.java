package dev.fetchline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.fuzz.Fuzzer.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The fuzzer's own promises.
class HarnessTest {
    @ParameterizedTest
    @EnumSource
    void the_same_seed_goes_the_same_ways(Subject subject) throws InterruptedException {
        FuzzReport first = Fuzzer.run(subject, 42, Limit.ofInputs(500));
        FuzzReport again = Fuzzer.run(subject, 42, Limit.ofInputs(500));
        assertThat(again.coverage()).isEqualTo(first.coverage());
        assertThat(again.ways()).isEqualTo(first.ways());
        assertThat(again.kept()).isEqualTo(first.kept());
    }

    @Test
    void an_input_is_shrunk_to_what_matters() {
        assertThat(Shrinker.shrink("some long text with <a> in it, and b behind it", text -> text.matches(".*<.*b.*")))
                .isEqualTo("<b");
    }

    @Test
    void an_escaped_text_is_itself_again() {
        String text = "a\"\\\n\r\t\u0000\u007F\u00FC\uD800\uFFFF";
        assertThat(EscapedText.unescape(EscapedText.escape(text))).isEqualTo(text);
        assertThat(EscapedText.escape(text)).matches("[ -~]+");
    }
}
