package dev.fetchline.guard;

import java.util.regex.Pattern;

/// The characters that a label may have by UTS #46 section 4.1 and today's Unicode, as far as they are stable under
/// its mapping.
final class ValidCharacters {
    /// Left out by the mapping, so never in a label: fillers, inherent vowels and variation selectors.
    /// Then small letters that fold to others (Cherokee to its capitals, early Cyrillic to today's), and characters
    /// that only describe others.
    private static final Pattern OUT =
            Pattern.compile("[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}\u13F8-\u13FD\u1C80-\u1C88\uAB70-\uABBF\u2FF0-\u2FFF\u31EF\uFFFC\uFFFD]");

    private ValidCharacters() {}

    static boolean contain(int point) {
        return switch (Character.getType(point)) {
            case Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            // The joiners have a rule of their own.
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            default -> !OUT.matcher(Character.toString(point)).matches();
        };
    }

    static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
