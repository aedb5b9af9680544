package dev.fetchline.guard;

import java.util.regex.Pattern;

/// Zero-width joiners in a label (RFC 5892 appendices A.1 and A.2), where they change how its letters look.
///
/// The JDK has no joining types, so the rule for cursive scripts is held for letters of the Arabic block without
/// marks between them; what it would allow beyond is refused.
final class Joiners {
    /// Canonical combining class 9 (Unicode 16).
    private static final String VIRAMAS =
            "\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D3B\\u0D3C\\u0D4D"
                    + "\\u0DCA\\u0E3A\\u0EBA\\u0F84\\u1039\\u103A\\u1714\\u1715\\u1734\\u17D2\\u1A60\\u1B44\\u1BAA\\u1BAB\\u1BF2"
                    + "\\u1BF3\\u2D7F\\uA806\\uA82C\\uA8C4\\uA953\\uA9C0\\uAAF6\\uABED";

    /// Joining type D (Unicode 16).
    private static final String JOINS_BOTH_SIDES = "\\u0620\\u0626\\u0628\\u062A-\\u062E\\u0633-\\u063F\\u0641-\\u0647"
            + "\\u0649\\u064A\\u066E\\u066F\\u0678-\\u0687\\u069A-\\u06BF\\u06C1\\u06C2\\u06CC\\u06CE\\u06D0\\u06D1"
            + "\\u06FA-\\u06FC\\u06FF";

    /// Joining types R and D.
    private static final String JOINS_BACKWARDS = "\\u0620\\u0622-\\u063F\\u0641-\\u064A\\u066E\\u066F\\u0671-\\u0673"
            + "\\u0675-\\u06D3\\u06D5\\u06EE\\u06EF\\u06FA-\\u06FC\\u06FF";

    private static final Pattern IN_PLACE = Pattern.compile(
            "(?<=[%s])[\\u200C\\u200D]|(?<=[%s])\\u200C(?=[%s])".formatted(VIRAMAS, JOINS_BOTH_SIDES, JOINS_BACKWARDS));

    private Joiners() {}

    static boolean areInPlace(String label) {
        var rest = IN_PLACE.matcher(label).replaceAll("");
        return rest.indexOf('\u200C') < 0 && rest.indexOf('\u200D') < 0;
    }
}
