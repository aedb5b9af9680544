package dev.fetchline.intake;

/// An entry that is no item: it becomes a final INVALID record, its siblings are fetched.
///
/// @param rawText the entry as it stands in the message: a string's own text (see [#ofText]), else its JSON source;
///     always valid UTF-8
/// @param field the field at fault, such as `timeoutMs`, or `item` for the whole entry
/// @param reason one sentence: which field, what was found, what was expected
public record InvalidItem(String rawText, String field, String reason) implements BatchItem {
    /// The fault of an entry that is a text. Control characters and lone surrogates in it are written as JSON
    /// escapes and a backslash as two: lone surrogates have no UTF-8, so unlike texts would hash alike.
    public static InvalidItem ofText(String text, String field, String reason) {
        return new InvalidItem(SafeText.escapeUnclean(text), field, reason);
    }
}
