package dev.fetchline.fuzz;

/// An input that broke a promise.
///
/// @param seed of the run
/// @param index which input of the run it was, from 1
/// @param input shrunk
/// @param promise which one; for what was thrown, what and where
/// @param detail one line
public record Finding(Subject subject, long seed, long index, String input, String promise, String detail) {
    /// What an input that threw `failure` is about: equal for inputs that fail alike.
    static String promiseOf(Throwable failure) {
        if (failure instanceof Broken broken) {
            return broken.promise();
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.fetchline.")) {
                return "throws nothing (%s in %s.%s)"
                        .formatted(failure.getClass().getName(), frame.getClassName(), frame.getMethodName());
            }
        }
        return "throws nothing (%s)".formatted(failure.getClass().getName());
    }

    @Override
    public String toString() {
        return "%s: %s\n  input %s\n  %s\n  seed %d, input number %,d"
                .formatted(subject.label(), promise, EscapedText.quote(input), detail, seed, index);
    }
}
