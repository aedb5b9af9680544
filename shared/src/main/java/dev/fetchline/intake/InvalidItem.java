package dev.fetchline.intake;

import org.jspecify.annotations.Nullable;

/// An entry that is no item: it becomes a final INVALID record, its siblings are fetched. Of the entry itself only as
/// much is kept as its record needs, so that it can be deferred like any other whatever its size.
///
/// @param sha256 of the entry as it stands in the message: a string's own text (see [#ofText]), else its JSON source
/// @param text the beginning of the entry; a fixed notice for one that is no text, since it may hold header values
/// under
///     any name
/// @param reason one sentence: which field, what was found, what was expected
/// @param earlier what came of it when it was submitted before; null where the entry does not say, or its fault is
/// there
public record InvalidItem(
        String sha256, String text, String reason, @Nullable Earlier earlier) implements BatchItem {
    /// Characters kept of the text.
    static final int TEXT_CHARS_MAX = 4_096;

    private static final String NOT_SHOWN = "(not shown: it may hold secrets)";

    /// An entry that says nothing of an earlier submission.
    public InvalidItem(String sha256, String text, String reason) {
        this(sha256, text, reason, null);
    }

    /// The fault of an entry that is a text. Control characters and lone surrogates in it are written as JSON
    /// escapes and a backslash as two: lone surrogates have no UTF-8, so unlike texts would hash alike.
    public static InvalidItem ofText(String text, String reason) {
        return of(SafeText.escapeUnclean(text), reason);
    }

    /// The fault of any entry.
    ///
    /// @param source valid UTF-8
    public static InvalidItem of(String source, String reason) {
        boolean isText = !source.startsWith("{") && !source.startsWith("[");
        return new InvalidItem(
                Sha256.hex(source), isText ? SafeText.beginning(source, TEXT_CHARS_MAX) : NOT_SHOWN, reason);
    }

    @Override
    public InvalidItem withEarlier(@Nullable Earlier other) {
        return new InvalidItem(sha256, text, reason, other);
    }
}
