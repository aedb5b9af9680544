package dev.fetchline.local.cli;

import java.util.regex.Pattern;

/// A text as a word of a command line that a person may paste into a POSIX shell.
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

    private ShellWord() {}

    /// In single quotes where the shell would read it otherwise.
    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /// As an argument that is no option, also where it begins with a dash.
    static String argument(String text) {
        return text.startsWith("-") ? "-- " + of(text) : of(text);
    }
}
