package dev.fetchline.intake;

/// What is wrong with an item or a body. A checked exception on purpose: the compiler then proves that
/// [BatchReader#read] lets none of them out.
final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String found;
    private final String expected;

    /// @param field the field at fault, or empty for the whole value
    /// @param found what stands there, already fit to be shown
    /// @param expected what should stand there
    Fault(String field, String found, String expected) {
        // No stack trace: a fault is an everyday result here, up to 10,000 times in a message.
        super(null, null, false, false);
        this.path = field;
        this.found = found;
        this.expected = expected;
    }

    /// The same fault as seen from further outside, where the value at fault is called `place`.
    Fault within(String place) {
        String separator = place.isEmpty() || path.isEmpty() ? "" : ".";
        return new Fault(place + separator + path, found, expected);
    }

    @Override
    public String getMessage() {
        return reason();
    }

    /// One sentence: where, what was found, and what was expected.
    String reason() {
        return (path.isEmpty() ? "body" : path) + ": found " + found + ", expected " + expected;
    }
}
