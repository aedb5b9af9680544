package dev.fetchline.guard;

/// Why policy does not allow a fetch.
///
/// @param rule the rule that said no
/// @param detail one sentence: what was found and what is allowed
public record Refusal(Rule rule, String detail) {
    /// The rules of what may be fetched; the record of a refused URL names one.
    public enum Rule {
        /// Neither http nor https.
        SCHEME,
        /// A name or password before the host.
        USERINFO,
        /// A port that the settings do not open.
        PORT,
        /// An address that is not written plainly, so that readers differ about it.
        HOST_SPELLING,
        /// An address in a closed block, as a literal or behind a name.
        ADDRESS,
        /// A host and port that the function itself depends on.
        ENDPOINT,
        /// A redirect from https to http.
        DOWNGRADE
    }
}
