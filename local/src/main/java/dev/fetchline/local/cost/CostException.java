package dev.fetchline.local.cost;

import java.io.Serial;

/// A file that the calculation needs is missing, or is not what it should be: one sentence.
public final class CostException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    CostException(String sentence) {
        super(sentence);
    }
}
