package dev.fetchline.local.submit;

import java.io.IOException;
import java.io.Serial;

/// An input that cannot be opened or read to its end.
public final class UnreadableSourceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String source;
    private final IOException fault;

    UnreadableSourceException(String source, IOException fault) {
        super(source, fault);
        this.source = source;
        this.fault = fault;
    }

    /// What the input is called in a sentence.
    public String source() {
        return source;
    }

    /// Why it cannot be read.
    public IOException fault() {
        return fault;
    }
}
