package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
        assertThat(PrintableText.cut("\ud83d\ude00".repeat(5), 5)).isEqualTo("\ud83d\ude00...");
    }

    @Test
    void wide_characters_take_two_columns_and_marks_none() {
        assertThat(PrintableText.cut("日本語日本語", 12)).isEqualTo("日本語日本語");
        assertThat(PrintableText.cut("日本語日本語", 11)).isEqualTo("日本語日...");
        assertThat(PrintableText.cut("日本語日本語", 10)).isEqualTo("日本語...");
        assertThat(PrintableText.cut("e\u0301".repeat(4), 4)).isEqualTo("e\u0301".repeat(4));
        assertThat(PrintableText.columns("한Ａé\ud83d\ude00")).isEqualTo(7);
    }

    @Test
    void lines_are_not_redrawn_where_there_is_no_cursor() {
        StandardStreams terminal = TestStreams.terminals(80).streams();
        assertThat(Redrawn.isPossible(terminal, Map.of("TERM", "xterm-256color")))
                .isTrue();
        assertThat(Redrawn.isPossible(terminal, Map.of())).isTrue();
        assertThat(Redrawn.isPossible(terminal, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Redrawn.isPossible(TestStreams.pipes().streams(), Map.of())).isFalse();
    }
}
