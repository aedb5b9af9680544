package dev.fetchline.intake;

/// An entry that is no item: it becomes a final INVALID record, its siblings are fetched.
///
/// @param rawText the entry as it stands in the message: a string's own text, else its JSON source
/// @param field the field at fault, such as `timeoutMs`, or `item` for the whole entry
/// @param reason one sentence: which field, what was found, what was expected
public record InvalidItem(String rawText, String field, String reason) implements BatchItem {}
