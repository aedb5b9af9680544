package dev.fetchline.local.page;

import java.nio.charset.StandardCharsets;

/// What is sent back for one request.
///
/// @param status of HTTP
/// @param contentType with its charset
/// @param policy the Content-Security-Policy
/// @param body may be empty
@SuppressWarnings("ArrayRecordComponent") // Made, sent and thrown away; nobody compares two.
record PageAnswer(int status, String contentType, String policy, byte[] body) {
    /// Of the page itself: its own files and nothing else. Trusted types take from scripts every way of making markup
    /// out of text.
    static final String OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    /// Of a stranger's document: an origin that is nobody's, no script, no form, nothing to load; shown in a frame of
    /// the page and nowhere else.
    static final String FOREIGN =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'self'";

    static PageAnswer json(byte[] json) {
        return new PageAnswer(200, "application/json; charset=utf-8", OWN_FILES, json);
    }

    /// A file of the page.
    static PageAnswer file(String contentType, byte[] content) {
        return new PageAnswer(200, contentType, OWN_FILES, content);
    }

    /// What a web server sent, in whatever form it is shown.
    static PageAnswer foreign(String contentType, byte[] content) {
        return new PageAnswer(200, contentType, FOREIGN, content);
    }

    /// A refusal or a fault.
    static PageAnswer sentence(int status, String sentence) {
        return new PageAnswer(
                status, "text/plain; charset=utf-8", OWN_FILES, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
