package dev.fetchline.guard;

/// What a submitted text turned out to be when read as a URL.
public sealed interface UrlReading permits FetchUrl, UrlReading.Invalid, UrlReading.Refused {
    /// Not a URL.
    ///
    /// @param reason one sentence: what was found and what was expected
    record Invalid(String reason) implements UrlReading {}

    /// A URL that policy does not allow, whatever it leads to.
    ///
    /// @param key the URL in its canonical form as far as it has one, without user information
    /// @param refusal the rule and its reason
    record Refused(String key, Refusal refusal) implements UrlReading {}
}
