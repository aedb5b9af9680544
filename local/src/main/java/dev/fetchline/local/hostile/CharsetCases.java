package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.ok;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Text that is not in the charset it is said to be in, and bytes that are no text (WHATWG HTML, section 13.2.3.2).
final class CharsetCases {
    private static final String THEME = "charset";
    private static final String TEXT = "Grüße, мир, 世界";
    private static final String WESTERN = "Grüße";

    private CharsetCases() {}

    static List<HostileCase> all() {
        return Stream.of(labels(), marks(), binary()).flatMap(List::stream).toList();
    }

    private static List<HostileCase> labels() {
        byte[] utf8 = TEXT.getBytes(StandardCharsets.UTF_8);
        byte[] latin1 = WESTERN.getBytes(StandardCharsets.ISO_8859_1);
        return List.of(
                of("the right label", "text/plain; charset=utf-8", utf8, ok().text("utf-8", TEXT)),
                of("no label, UTF-8", "text/plain", utf8, ok().text("utf-8", TEXT)),
                of("no label, Latin-1", "text/plain", latin1, ok().text("windows-1252", WESTERN)),
                of("an unknown label, UTF-8", "text/plain; charset=x-unknown", utf8, ok().text("utf-8", TEXT)),
                of(
                        "an unknown label, Latin-1",
                        "text/plain; charset=x-unknown",
                        latin1,
                        ok().text("windows-1252", WESTERN)),
                of(
                        "a label of 1,000 letters",
                        "text/plain; charset=" + "x".repeat(1_000),
                        utf8,
                        ok().text("utf-8", TEXT)),
                of("UTF-8 said of Latin-1", "text/plain; charset=utf-8", latin1, ok().text("utf-8", "Gr\ufffd\ufffde")),
                of(
                        "Latin-1 said of UTF-8",
                        "text/plain; charset=iso-8859-1",
                        WESTERN.getBytes(StandardCharsets.UTF_8),
                        ok().text("windows-1252", "GrÃ¼ÃŸe")),
                of(
                        "two labels",
                        "text/plain; charset=iso-8859-1; charset=utf-8",
                        latin1,
                        ok().text("windows-1252", WESTERN)),
                of("a label in quotes that never end", "text/plain; charset=\"utf-8", utf8, ok().with("body", TEXT)),
                of(
                        "a label inside another parameter",
                        "text/plain; x=\"; charset=utf-16be\"",
                        utf8,
                        ok().text("utf-8", TEXT)),
                of(
                        "Shift_JIS",
                        "text/plain; charset=Shift_JIS",
                        "世界".getBytes(Charset.forName("windows-31j")),
                        ok().text("shift_jis", "世界")),
                of(
                        "a page that names its own",
                        "text/html",
                        "<meta charset=koi8-r>мир".getBytes(Charset.forName("KOI8-R")),
                        ok().text("koi8-r", "<meta charset=koi8-r>мир")),
                of(
                        "a page that says UTF-16 and is not",
                        "text/html",
                        "<meta charset=utf-16>мир".getBytes(StandardCharsets.UTF_8),
                        ok().text("utf-8", "<meta charset=utf-16>мир")));
    }

    private static List<HostileCase> marks() {
        return List.of(
                of(
                        "a mark of UTF-8 against the label",
                        "text/plain; charset=iso-8859-1",
                        ("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_8),
                        ok().text("utf-8", TEXT)),
                of(
                        "a mark of UTF-16 against the label",
                        "text/plain; charset=utf-8",
                        ("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE),
                        ok().text("utf-16le", TEXT)),
                of(
                        "UTF-16 by its label",
                        "text/plain; charset=utf-16be",
                        TEXT.getBytes(StandardCharsets.UTF_16BE),
                        ok().text("utf-16be", TEXT)),
                of(
                        "half a character of UTF-16 at the end",
                        "text/plain; charset=utf-16le",
                        Compressed.first("ab".getBytes(StandardCharsets.UTF_16LE), 3),
                        ok().text("utf-16le", "a\ufffd")),
                of(
                                "half a pair of UTF-16",
                                "text/plain; charset=utf-16be",
                                new byte[] {0, 'a', (byte) 0xd8, 0, 0, 'b'},
                                ok().text("utf-16be", "a\ufffdb"))
                        .knownFault(
                                "the JDK's decoder takes the character behind a half pair with it",
                                ok().text("utf-16be", "a\ufffd")),
                // The Encoding Standard knows no UTF-32; its mark begins with that of UTF-16LE.
                of(
                        "a mark of UTF-32",
                        "text/plain",
                        "\ufeffab".getBytes(Charset.forName("UTF-32LE")),
                        ok().text("utf-16le", "\u0000a\u0000b\u0000")),
                of(
                        "UTF-32 without a mark",
                        "text/plain; charset=utf-32be",
                        "ab".getBytes(Charset.forName("UTF-32BE")),
                        ok().notText()),
                of(
                        "a mark and nothing else",
                        "text/plain",
                        new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
                        ok().with("charset", "utf-8").bodyBytes(3)));
    }

    private static List<HostileCase> binary() {
        byte[] png = "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR".getBytes(StandardCharsets.ISO_8859_1);
        return List.of(
                of(
                        "a picture said to be text",
                        "text/plain",
                        png,
                        ok().body(png).notText()),
                of("a picture without a type", null, png, ok().body(png).notText()),
                of("NUL in text", "text/plain; charset=utf-8", new byte[] {'a', 0, 'b'}, ok().notText()),
                of("NUL in JSON", "application/json", new byte[] {'"', 0, '"'}, ok().notText()),
                of("text said to be a picture", "image/png", TEXT.getBytes(StandardCharsets.UTF_8), ok().notText()),
                of(
                                "overlong and surrogate UTF-8",
                                "text/plain; charset=utf-8",
                                new byte[] {'a', (byte) 0xc0, (byte) 0xaf, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80},
                                ok().text("utf-8", "a\ufffd\ufffdb\ufffd\ufffd\ufffd"))
                        .knownFault(
                                "the JDK's decoder takes three bytes for one character that is none",
                                ok().text("utf-8", "a\ufffd\ufffdb\ufffd")),
                of(
                        "escape sequences in text",
                        "text/plain",
                        "\u001b[31mred".getBytes(StandardCharsets.US_ASCII),
                        ok().text("utf-8", "\u001b[31mred")),
                of(
                        "a Content-Type of 10,000 bytes",
                        "text/plain; " + "x=\"y\"; ".repeat(1_250),
                        TEXT.getBytes(StandardCharsets.UTF_8),
                        ok().text("utf-8", TEXT)),
                of(
                        "a Content-Type of 60,000 spaces",
                        "text/plain;" + " ".repeat(60_000) + "x",
                        TEXT.getBytes(StandardCharsets.UTF_8),
                        ok().text("utf-8", TEXT)),
                of("an empty Content-Type", "", TEXT.getBytes(StandardCharsets.UTF_8), ok().text("utf-8", TEXT)),
                of(
                        "a Content-Type that is none",
                        ";;;",
                        TEXT.getBytes(StandardCharsets.UTF_8),
                        ok().body(TEXT.getBytes(StandardCharsets.UTF_8))));
    }

    private static HostileCase of(String name, @Nullable String type, byte[] body, Expected expected) {
        return HostileCase.of(
                THEME, name, Script.page(type == null ? "" : "Content-Type: " + type + "\r\n", body), expected);
    }
}
