package dev.fetchline.guard;

import java.net.IDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hosts beyond ASCII. The JDK has IDNA2003 only, browsers follow UTS #46: where the two lead to different
/// hosts, the text does not say which one is meant, and nothing is fetched.
final class InternationalName {
    static final String DIFFERS =
            "The host has a label that IDNA2003 and UTS #46 read differently, so it may mean two different hosts.";

    static final String NO_NAME = "The host has a label that is no internationalised domain name.";

    static final String NO_ROUND_TRIP = "The host has an xn-- label that is no internationalised domain name.";

    private static final String PREFIX = "xn--";

    /// Sharp s (small and capital), final sigma, zero-width non-joiner and joiner (UTS #46 section 7,
    /// deviations).
    private static final Pattern DEVIATION = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

    /// What IDNA2003 and UTS #46 both leave out: soft hyphen, zero-width space and their like, and the
    /// variation selectors of Unicode 3.2.
    private static final Pattern LEFT_OUT =
            Pattern.compile("[\u00AD\u034F\u180B-\u180D\u200B\u2060\uFE00-\uFE0F\uFEFF]");

    /// The full stops of RFC 3490 section 3.1.
    private static final Pattern FULL_STOP = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private InternationalName() {}

    static HostName.Reading read(String host) {
        if (DEVIATION.matcher(host).find()
                || DEVIATION.matcher(Normalizer.normalize(host, Form.NFKC)).find()) {
            return new HostName.Malformed(DIFFERS);
        }
        try {
            // Characters younger than Unicode 3.2 are unassigned to IDNA2003; what today's Unicode makes of them is
            // compared below.
            var ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (PercentEncoding.isAscii(ascii)) {
                return isReadAlike(host, ascii) ? asWritten(HostName.ascii(ascii)) : new HostName.Malformed(DIFFERS);
            }
        } catch (RuntimeException _) {
            // IDN promises IllegalArgumentException only, but hostile labels are not what it was tried on.
        }
        return new HostName.Malformed(NO_NAME);
    }

    /// Who wrote no `xn--` is not told of one.
    private static HostName.Reading asWritten(HostName.Reading reading) {
        return reading instanceof HostName.Malformed(var reason) && reason.equals(NO_ROUND_TRIP)
                ? new HostName.Malformed(NO_NAME)
                : reading;
    }

    /// Whether UTS #46 maps the host to the labels that IDNA2003 made of it.
    private static boolean isReadAlike(String host, String ascii) {
        var labels = FULL_STOP.split(host, -1);
        var made = ascii.split("\\.", -1);
        if (labels.length != made.length) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            var mapped = mapped(LEFT_OUT.matcher(labels[i]).replaceAll(""));
            if (!mapped.equals(made[i]) && !mapped.equals(unicode(made[i]))) {
                return false;
            }
        }
        return true;
    }

    /// As UTS #46 maps characters that are no deviations and not left out: compatibility forms folded, lower
    /// case by character, so that a sigma at the end stays what it is, and a Greek iota subscript made a letter.
    private static String mapped(String text) {
        var lower = new StringBuilder();
        Normalizer.normalize(Normalizer.normalize(text, Form.NFKC), Form.NFD)
                .replace('\u0345', '\u03B9')
                .codePoints()
                .forEach(point -> lower.append(Character.toString(point).toLowerCase(Locale.ROOT)));
        return Normalizer.normalize(lower, Form.NFKC);
    }

    /// The label in Unicode; itself where it is in ASCII, null where it is broken.
    private static @Nullable String unicode(String label) {
        return label.startsWith(PREFIX) ? Punycode.decode(label.substring(PREFIX.length())) : label;
    }

    /// What is wrong with the `xn--` labels of a name, by the validity criteria of UTS #46 section 4.1; null where
    /// nothing is. What an `xn--` label means is never in doubt, so a deviation may stand in it.
    ///
    /// @param name lower-case ASCII
    static @Nullable String faultOf(String name) {
        if (!name.startsWith(PREFIX) && !name.contains("." + PREFIX)) {
            return null;
        }
        var labels = name.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            var text = unicode(labels[i]);
            if (text == null || (labels[i].startsWith(PREFIX) && !isValid(text))) {
                return NO_ROUND_TRIP;
            }
            labels[i] = text;
        }
        return BidiRule.isKept(Arrays.asList(labels))
                ? null
                : "The host mixes writing directions in a way that RFC 5893 forbids.";
    }

    private static boolean isValid(String label) {
        return !PercentEncoding.isAscii(label)
                && label.codePoints().allMatch(ValidCharacters::contain)
                && !ValidCharacters.isMark(label.codePointAt(0))
                && mapped(label.replace('\u03C2', '\u03C3')).equals(label.replace('\u03C2', '\u03C3'))
                && Joiners.areInPlace(label);
    }
}
