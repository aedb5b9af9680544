package dev.fetchline.local.submit;

import java.io.Serial;

/// Submitting cannot begin or go on; the message is one sentence for a person, with what to try next.
public final class SubmitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SubmitException(String sentence) {
        super(sentence);
    }

    public SubmitException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The sentence without its full stop, for another one to follow.
    public String clause() {
        return String.valueOf(getMessage()).replaceFirst("[.]$", "");
    }
}
