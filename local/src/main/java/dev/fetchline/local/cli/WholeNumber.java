package dev.fetchline.local.cli;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an option's whole number. picocli's own sentence says "'x' is not an int", which only a programmer knows.
final class WholeNumber {
    private WholeNumber() {}

    /// Lets all commands that `commandLine` has by now read their numbers so.
    static CommandLine readBy(CommandLine commandLine) {
        return commandLine
                .registerConverter(int.class, of(Integer::valueOf))
                .registerConverter(Integer.class, of(Integer::valueOf))
                .registerConverter(long.class, of(Long::valueOf))
                .registerConverter(Long.class, of(Long::valueOf));
    }

    private static <N> ITypeConverter<N> of(Function<String, N> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (NumberFormatException _) {
                throw new TypeConversionException(
                        "'" + text + "' is " + (text.matches("[-+]?[0-9]+") ? "out of range" : "not a whole number"));
            }
        };
    }
}
