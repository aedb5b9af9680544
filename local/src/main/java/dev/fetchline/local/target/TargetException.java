package dev.fetchline.local.target;

import java.io.Serial;

/// The stack to work on cannot be found or used; the message is one sentence for a person, with what to try next.
public final class TargetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TargetException(String sentence) {
        super(sentence);
    }

    public TargetException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
