package dev.fetchline.local.stack;

import java.io.Serial;

/// Something on this machine stands in the way; the message is one sentence for a person.
public final class LocalStackException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LocalStackException(String sentence) {
        super(sentence);
    }

    public LocalStackException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
