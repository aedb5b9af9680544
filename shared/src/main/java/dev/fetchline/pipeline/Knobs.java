package dev.fetchline.pipeline;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Environment variables as typed values; what does not fit is one sentence.
final class Knobs {
    private static final int FOUND_CHARS_MAX = 200;

    private final Map<String, String> environment;

    Knobs(Map<String, String> environment) {
        this.environment = environment;
    }

    String required(String name, String expected) {
        String value = read(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": not set, expected " + expected);
        }
        return value;
    }

    int integer(String name, int otherwise, int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return value(name, Integer.toString(otherwise), expected, text -> {
            // parseInt alone takes the digits of every script; what they become depends on the process's locale.
            int number = text.matches("[0-9]+") ? Integer.parseInt(text) : -1;
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    <T> T value(String name, String otherwise, String expected, Function<String, T> reader) {
        String value = read(name);
        return convert(name, value == null ? otherwise : value, expected, reader);
    }

    <T> @Nullable T optional(String name, String expected, Function<String, T> reader) {
        String value = read(name);
        return value == null ? null : convert(name, value, expected, reader);
    }

    private @Nullable String read(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// Reads one value.
    ///
    /// @param reader throws IllegalArgumentException, with a message where it knows more than `expected` says
    private static <T> T convert(String name, String value, String expected, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (NumberFormatException notANumber) {
            throw fault(name, value, expected, null);
        } catch (IllegalArgumentException unfit) {
            throw fault(name, value, expected, unfit.getMessage());
        }
    }

    private static IllegalArgumentException fault(String name, String value, String expected, @Nullable String more) {
        String found = value.length() <= FOUND_CHARS_MAX ? value : value.substring(0, FOUND_CHARS_MAX) + "…";
        return new IllegalArgumentException(name + ": found \"" + found + "\", expected " + expected
                + (more == null ? "" : " (" + withoutFullStop(more) + ")"));
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
