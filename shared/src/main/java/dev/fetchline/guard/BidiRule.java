package dev.fetchline.guard;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The rule for names with letters that are written from right to left (RFC 5893 section 2).
final class BidiRule {
    /// Bidirectional character types, named as in Unicode Annex #9; OTHER is any type that no label may have.
    private enum Type {
        L,
        R,
        AL,
        AN,
        EN,
        NEUTRAL,
        NSM,
        OTHER
    }

    private static final Set<Type> RIGHT_TO_LEFT = EnumSet.of(Type.R, Type.AL, Type.AN);
    private static final Set<Type> IN_RIGHT_TO_LEFT =
            EnumSet.of(Type.R, Type.AL, Type.AN, Type.EN, Type.NEUTRAL, Type.NSM);
    private static final Set<Type> IN_LEFT_TO_RIGHT = EnumSet.of(Type.L, Type.EN, Type.NEUTRAL, Type.NSM);

    private BidiRule() {}

    /// Whether every label keeps the rule, or none has a right-to-left character, so that there is no rule.
    ///
    /// @param labels in Unicode, none empty
    static boolean isKept(List<String> labels) {
        var types = labels.stream()
                .map(label -> label.codePoints().mapToObj(BidiRule::type).toList())
                .toList();
        return types.stream().flatMap(List::stream).noneMatch(RIGHT_TO_LEFT::contains)
                || types.stream().allMatch(BidiRule::isKeptBy);
    }

    private static boolean isKeptBy(List<Type> label) {
        var last = label.stream().filter(type -> type != Type.NSM).reduce(Type.OTHER, (_, type) -> type);
        return switch (label.getFirst()) {
            case R, AL ->
                IN_RIGHT_TO_LEFT.containsAll(label)
                        && EnumSet.of(Type.R, Type.AL, Type.EN, Type.AN).contains(last)
                        && !label.stream().collect(Collectors.toSet()).containsAll(EnumSet.of(Type.EN, Type.AN));
            case L -> IN_LEFT_TO_RIGHT.containsAll(label) && (last == Type.L || last == Type.EN);
            default -> false;
        };
    }

    private static Type type(int point) {
        return switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> Type.L;
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT -> Type.R;
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> Type.AL;
            case Character.DIRECTIONALITY_ARABIC_NUMBER -> Type.AN;
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> Type.EN;
            case Character.DIRECTIONALITY_NONSPACING_MARK -> Type.NSM;
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                    Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL -> Type.NEUTRAL;
            default -> Type.OTHER;
        };
    }
}
