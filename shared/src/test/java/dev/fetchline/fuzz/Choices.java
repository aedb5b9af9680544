package dev.fetchline.fuzz;

/// Decisions that an input makes by its first characters, what follows being its payload. An input that
/// ends early
/// decides for 0.
public final class Choices {
    private final String input;
    private int at;

    public Choices(String input) {
        this.input = input;
    }

    /// A number from 0 to `bound` - 1, by one character. Digits stand for their value, so that corpora
    /// can be read.
    public int below(int bound) {
        if (at >= input.length()) {
            return 0;
        }
        char c = input.charAt(at++);
        return (c >= '0' && c <= '9' ? c - '0' : c) % bound;
    }

    /// A number of 16 bits, by two characters.
    public int size() {
        return below(256) << 8 | below(256);
    }

    /// Up to and without the next line end, which is taken too.
    public String line() {
        int end = input.indexOf('\n', at);
        String line = input.substring(at, end < 0 ? input.length() : end);
        at = end < 0 ? input.length() : end + 1;
        return line;
    }

    /// What is left.
    public String rest() {
        String rest = input.substring(at);
        at = input.length();
        return rest;
    }
}
