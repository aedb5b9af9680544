package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.http.Bodies;
import dev.fetchline.testing.JsonCases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Names, labels and decoders against the Encoding Standard (WHATWG). Every difference is in `docs/decisions.md`.
class EncodingStandardTest {
    /// Labels of encodings that the JDK has no decoder for, or that the standard itself decodes to nothing. To us they
    /// are no labels: the search for the charset goes on.
    private static final Set<String> WITHOUT_DECODER =
            Set.of("iso-8859-10", "iso-8859-14", "x-user-defined", "replacement");

    @Test
    void every_label_of_the_standard_leads_to_its_encoding() {
        var unknown = new TreeSet<String>();
        for (var it : JsonCases.read("/wpt/encodings.json")) {
            var found = TextEncoding.byLabel(" \t" + it.get("label").toUpperCase(Locale.ROOT) + "\n")
                    .map(TextEncoding::name);
            if (found.isEmpty()) {
                unknown.add(it.get("name"));
            } else {
                assertThat(found).as(it.get("label")).contains(it.get("name"));
            }
        }
        assertThat(unknown).isEqualTo(WITHOUT_DECODER);
    }

    @Test
    void there_are_no_labels_but_those_of_the_standard() {
        var known = new HashSet<String>();
        JsonCases.read("/wpt/encodings.json").forEach(it -> known.add(it.get("label")));
        assertThat(known).hasSize(228);
        for (var label : List.of(
                "utf-7", "utf7", "utf-32", "cp437", "ibm850", "cesu-8", "utf-8\u0000", "utf_8", "", "x-sjis2")) {
            assertThat(TextEncoding.byLabel(label)).as(label).isEmpty();
        }
    }

    static List<String> single_bytes_are_what_the_standard_says() {
        var names = new ArrayList<String>();
        JsonCases.read("/wpt/single-byte.json").forEach(it -> names.add(it.get("name")));
        names.removeAll(WITHOUT_DECODER);
        names.remove("iso-2022-jp");
        return names;
    }

    /// The JDK leaves bytes undefined that windows-125x and windows-874 have as C1 controls in the standard, and is
    /// older about four characters.
    @ParameterizedTest
    @MethodSource
    void single_bytes_are_what_the_standard_says(String name) {
        var standard = JsonCases.read("/wpt/single-byte.json").stream()
                .filter(it -> it.get("name").equals(name))
                .findFirst()
                .orElseThrow()
                .get("high");
        for (int i = 0; i < 128; i++) {
            var decoded = decoded(name, new byte[] {(byte) (0x80 + i)});
            var expected = standard.substring(i, i + 1);
            if (expected.charAt(0) < 0xA0 && name.startsWith("windows")) {
                assertThat(decoded).as("%s %X", name, 0x80 + i).isIn(expected, "\uFFFD");
            } else if ((name + " " + Integer.toHexString(0x80 + i))
                    .matches("koi8-u [ab]e|x-mac-cyrillic ff|windows-1255 ca")) {
                assertThat(decoded).as("%s %X", name, 0x80 + i).isNotEqualTo(expected);
            } else {
                assertThat(decoded).as("%s %X", name, 0x80 + i).isEqualTo(expected);
            }
        }
    }

    /// Bytes that servers send and the plain decoders of the JDK do not have: NEC's and IBM's characters, and
    /// Microsoft's and Hong Kong's additions.
    @ParameterizedTest
    @CsvSource({
        "euc-jp, C6FC CBDC, 日本",
        "euc-jp, ADA1 ADEA ADE2, ①㈱№",
        "euc-jp, F9A1 FCFE, 纊＂",
        "euc-jp, 8FB0A1, 丂",
        "iso-2022-jp, 1B2442 467C 4B5C 1B2842 41, 日本A",
        "iso-2022-jp, 1B2442 2D21 2D6A 1B2842, ①㈱",
        "iso-2022-jp, 1B2442 2141 215D 1B2842, ～－",
        "iso-2022-jp, 1B284A 5C 7E 1B2842, ¥‾",
        "iso-2022-jp, 1B2849 31 1B2842, ｱ",
        "shift_jis, 93FA 967B, 日本",
        "shift_jis, 8740 878A 8160, ①㈱～",
        "shift_jis, FA55 ED40, ￤纊",
        "euc-kr, B0A1 8141, 가갂",
        "big5, A4A4 A4E5, 中文",
        "big5, 8740 FEFD, 䏰𩄍",
        "gbk, D6D0 CEC4 8140, 中文丂",
        "gb18030, D6D0 8130 8130, 中\u0080",
        "gb18030, 9439 DA33, 💩"
    })
    void characters_of_two_bytes_and_more(String charset, String hex, String text) {
        assertThat(decoded(charset, HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isEqualTo(text);
    }

    /// Decoded to U+FFFD by the standard, so that no filter is cheated; we store text and run none, so what is ASCII in
    /// it stays readable.
    @ParameterizedTest
    @CsvSource({"iso-2022-kr, utf-8", "hz-gb-2312, utf-8", "replacement, utf-8", "x-user-defined, utf-8", "utf-7, utf-8"
    })
    void a_label_without_a_decoder_is_no_label(String label, String charset) {
        var body = Bodies.of("~{<:Ky2;~}".getBytes(StandardCharsets.US_ASCII));
        assertThat(BodyText.of(body, Optional.of("text/plain; charset=" + label)))
                .hasValueSatisfying(found -> {
                    assertThat(found.charset()).isEqualTo(charset);
                    assertThat(found.text()).isEqualTo("~{<:Ky2;~}");
                });
    }

    private static String decoded(String charset, byte[] bytes) {
        return BodyText.of(Bodies.of(bytes), Optional.of("text/plain; charset=" + charset))
                .orElseThrow()
                .text();
    }
}
