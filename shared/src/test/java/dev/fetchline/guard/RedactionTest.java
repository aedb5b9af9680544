package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {
    @ParameterizedTest
    @MethodSource
    void masks_user_information_and_nothing_else(String submitted, String shown) {
        assertThat(FetchUrl.redact(submitted)).isEqualTo(shown);
    }

    static Stream<Arguments> masks_user_information_and_nothing_else() {
        return Stream.of(
                Arguments.of("http://u:p@h/", "http://***@h/"),
                Arguments.of("http://u:p@ho st/", "http://***@ho st/"),
                Arguments.of("http://u:p@", "http://***@"),
                Arguments.of("http://a@b@c/", "http://***@c/"),
                Arguments.of("http://u:p/q@h/", "http://***@h/"),
                Arguments.of("http://u:p?q@h/", "http://***@h/"),
                Arguments.of("http://u:p#q@h/", "http://***@h/"),
                Arguments.of("http://u:p\uFF20h/", "http://***\uFF20h/"),
                Arguments.of("http://u:p%40h/", "http://***%40h/"),
                Arguments.of("http:u:p@h/", "http:***@h/"),
                Arguments.of("http:\\\\u:p@h/", "http:\\\\***@h/"),
                Arguments.of("  http://u:p@h/", "  http://***@h/"),
                Arguments.of("ht\ttp:/\n/u:p@h/", "ht\\u0009tp:/\\u000A/***@h/"),
                Arguments.of("//u:p@h/", "//***@h/"),
                Arguments.of("u:p@h/", "***@h/"),
                Arguments.of("u@h", "***@h"),
                Arguments.of("ftp://u:p@h/", "ftp://***@h/"),
                Arguments.of("\uFEFFhttp://u:p@h/", "\uFEFFhttp://***@h/"),
                Arguments.of("<http://u:p@h/>", "<http://***@h/>"),
                Arguments.of("http://h/?to=https://u:p@h/@x", "http://h/?to=https://***@h/@x"),
                Arguments.of("jar:http://u:p@h/!/x", "jar:http://***@h/!/x"),
                Arguments.of("", ""),
                Arguments.of("http://h/@me", "http://h/@me"),
                Arguments.of("https://h:8443/@me?a=b@c#d@e", "https://h:8443/@me?a=b@c#d@e"),
                Arguments.of("http://[::1]:80/@x", "http://[::1]:80/@x"),
                Arguments.of("mailto:a@b.example", "mailto:a@b.example"),
                Arguments.of("no url at all", "no url at all"),
                Arguments.of("http://h/\u0000\u001B[31m\u007F\u009B", "http://h/\\u0000\\u001B[31m\\u007F\\u009B"),
                Arguments.of("http://h/\uD83D", "http://h/\\uD83D"),
                Arguments.of("http://h/\uD83D\uDE00", "http://h/\uD83D\uDE00"));
    }

    @Test
    void cuts_after_masking_and_between_characters() {
        assertThat(FetchUrl.redact("http://user:secret@h/abc", 12)).isEqualTo("http://***@…");
        assertThat(FetchUrl.redact("http://h/", 9)).isEqualTo("http://h/");
        assertThat(FetchUrl.redact("http://h/x", 9)).isEqualTo("http://h…");
        assertThat(FetchUrl.redact("ab\uD83D\uDE00cd", 4)).isEqualTo("ab…");
        assertThat(FetchUrl.redact("a\u0000b", 5)).isEqualTo("a…");
        assertThat(FetchUrl.redact("ab", 1)).isEqualTo("…");
        assertThatIllegalArgumentException().isThrownBy(() -> FetchUrl.redact("a", 0));
    }
}
