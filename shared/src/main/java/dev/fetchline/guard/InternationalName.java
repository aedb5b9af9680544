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

    static final String NO_ROUND_TRIP =
            "The host has an xn-- label that is broken, or that IDNA2003 and UTS #46 read differently.";

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

    /// Whether an `xn--` label decodes to a text that encodes to that label again, by Unicode 3.2 and by
    /// today's.
    static boolean isStable(String label) {
        try {
            var unicode = IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED);
            return !unicode.equalsIgnoreCase(label)
                    && !hasDeviation(unicode)
                    && Normalizer.normalize(unicode.toLowerCase(Locale.ROOT), Form.NFKC)
                            .equals(unicode);
        } catch (RuntimeException _) {
            return false;
        }
    }
}
