package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.IDNA;
import dev.fetchline.testing.JsonCases;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A host that is accepted is the host that UTS #46 makes of it, without transitional processing, as browsers do.
class InternationalNameTest {
    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /// Not asked for by WHATWG (CheckHyphens, VerifyDnsLength); the rules of DNS have their own tests.
    private static final Set<IDNA.Error> NOT_ASKED_FOR = EnumSet.of(
            IDNA.Error.EMPTY_LABEL,
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG,
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    /// The numbers of those accepted are here so that a change shows: fewer is a loss, more has to be understood.
    @ParameterizedTest
    @CsvSource({"/wpt/IdnaTestV2.json, 2671, 443", "/wpt/toascii.json, 87, 29"})
    void reads_what_it_accepts_as_the_standard_does(String suite, int all, int accepted) {
        int same = 0;
        int seen = 0;
        for (var it : JsonCases.read(suite)) {
            if (HostName.read(it.get("input")) instanceof HostName.Canonical(var host)) {
                assertThat(host).as(it.toString()).isEqualTo(withoutTrailingDot(it.get("output")));
                same++;
            }
            seen++;
        }
        assertThat(seen).isEqualTo(all);
        assertThat(same).isEqualTo(accepted);
    }

    @Test
    void reads_every_character_as_uts_46_does() {
        int accepted = 0;
        for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
            int type = Character.getType(point);
            // All of a kind: each would be one more of 970,000 refused.
            boolean sampled = type == Character.UNASSIGNED || type == Character.PRIVATE_USE;
            if (type == Character.SURROGATE || (sampled && point % 997 != 0)) {
                continue;
            }
            var text = Character.toString(point);
            accepted += check(text);
            check("a" + text + "b.c");
        }
        assertThat(accepted).isEqualTo(150_122);
    }

    /// Writing directions, joiners and marks depend on what stands around them.
    @Test
    void reads_mixed_labels_as_uts_46_does() {
        long seed = Long.getLong("fetchline.seed", new Random().nextLong());
        System.out.println("InternationalNameTest: -Dfetchline.seed=" + seed);
        var random = new Random(seed);
        int[] points =
                "a1-.\u0301\u05D0\u05B0\u0627\u0628\u0661\u06F1\u094D\u0915\u200C\u200D\u0660\u00E9\u4E2D\u3002\u2488\u00B7"
                        .concat(
                                "\u0345\u0391\u03A3\u0130\uFF11\u00AD\u0E33\u1E9E\uD83D\uDE00\u20AC\u17D2\u06CC\u0645\u06AF")
                        .codePoints()
                        .toArray();
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            check(text.toString());
            var ascii = uts46(text.toString());
            if (ascii != null) {
                // As an xn-- label too, which may hold what no plain host may: joiners, sharp s, final sigma.
                check(ascii);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--mgba3gch31f060k", // Persian, a joiner between two letters
                "xn--10cl1a0b660p", // Sinhala, a joiner behind a virama
                "xn--fa-hia.de", // sharp s
                "xn--3xa.gr", // final sigma
                "xn--e28h.ws" // emoji
            })
    void takes_xn_labels_by_their_word(String host) {
        assertThat(HostName.read(host)).isEqualTo(new HostName.Canonical(host));
        assertThat(check(host)).isEqualTo(1);
    }

    private static int check(String host) {
        if (HostName.read(host) instanceof HostName.Canonical(var read)) {
            assertThat(read).as(escaped(host)).isEqualTo(withoutTrailingDot(uts46(host)));
            return 1;
        }
        return 0;
    }

    private static @Nullable String uts46(String host) {
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(host, new StringBuilder(), info).toString();
        return NOT_ASKED_FOR.containsAll(info.getErrors()) ? ascii : null;
    }

    private static @Nullable String withoutTrailingDot(@Nullable String host) {
        return host != null && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(point -> out.append("U+%04X ".formatted(point)));
        return out.toString();
    }
}
