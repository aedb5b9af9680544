package dev.fetchline.local.bench;

import java.io.Serial;

/// A run or a program came to nothing: one sentence that says why.
final class BenchException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    BenchException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
