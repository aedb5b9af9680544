package dev.fetchline.guard;

import java.net.IDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/// Hosts beyond ASCII. The JDK has IDNA2003 only, browsers follow UTS #46: where the two lead to different
/// hosts, the text does not say which one is meant, and nothing is fetched.
final class InternationalName {
    static final String DIFFERS =
            "The host has a label that IDNA2003 and UTS #46 read differently, so it may mean two different hosts.";

    static final String NO_ROUND_TRIP = "The host has an xn-- label that is no internationalised domain name.";

    /// Sharp s (small and capital), final sigma, zero-width non-joiner and joiner (UTS #46 section 7,
    /// deviations).
    private static final String DEVIATIONS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private InternationalName() {}

    static HostName.Reading read(String host) {
        if (hasDeviation(host) || hasDeviation(Normalizer.normalize(host, Form.NFKC))) {
            return new HostName.Malformed(DIFFERS);
        }
        try {
            // Characters younger than Unicode 3.2 are unassigned to IDNA2003; isStable sees to it that they are of
            // the kind that no mapping changes.
            var ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (PercentEncoding.isAscii(ascii)) {
                return HostName.ascii(ascii);
            }
        } catch (RuntimeException _) {
            // IDN promises IllegalArgumentException only, but hostile labels are not what it was tried on.
        }
        return new HostName.Malformed("The host has a label that is no internationalised domain name.");
    }

    private static boolean hasDeviation(String text) {
        return text.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0);
    }

    /// Whether an `xn--` label is a good one. With a deviation in it, it can mean one host only: that is how
    /// UTS #46 writes it, and IDNA2003 writes it never. Else it has to decode to a text that encodes to that
    /// label again, by Unicode 3.2 and by today's.
    static boolean isStable(String label) {
        String decoded = Punycode.decode(label.substring("xn--".length()));
        if (decoded == null || PercentEncoding.isAscii(decoded) || !isFolded(decoded)) {
            return false;
        }
        try {
            return hasDeviation(decoded)
                    || IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED).equals(decoded);
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static boolean isFolded(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Form.NFKC).equals(text);
    }
}
