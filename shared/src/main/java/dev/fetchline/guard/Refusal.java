package dev.fetchline.guard;

/// Why policy does not allow a fetch.
///
/// @param rule the rule that said no
/// @param detail one sentence: what was found and what is allowed
public record Refusal(Rule rule, String detail) {
    /// The rules of what may be fetched; the record of a refused URL names one.
    public enum Rule {
        SCHEME,
        USERINFO,
        PORT,
        HOST_SPELLING,
        ADDRESS,
        ENDPOINT
    }
}
