package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void what_moves_a_terminal_is_escaped() {
        assertThat(PrintableText.of("a\u001b[31mred\r\n\t\u0000\u007f\u009b"))
                .isEqualTo("a\\u001b[31mred\\u000d\\u000a\\u0009\\u0000\\u007f\\u009b");
        // Right-to-left override, zero width space, line separator, byte order mark.
        assertThat(PrintableText.of("\u202e\u200b\u2028\ufeff")).isEqualTo("\\u202e\\u200b\\u2028\\ufeff");
        assertThat(PrintableText.of("\udb40\udc41")).isEqualTo("\\u{e0041}");
        assertThat(PrintableText.of("\ud800")).isEqualTo("\\ud800");
    }

    @Test
    void what_a_person_reads_stays() {
        assertThat(PrintableText.of("http://é/日本 \ud83d\ude00")).isEqualTo("http://é/日本 \ud83d\ude00");
    }

    @Test
    void cut_text_says_so() {
        assertThat(PrintableText.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(PrintableText.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(PrintableText.cut("abc", 2)).isEqualTo("..");
        // A character outside the basic plane is not cut in half.
        assertThat(PrintableText.cut("\ud83d\ude00".repeat(5), 4)).isEqualTo("\ud83d\ude00...");
    }
}
