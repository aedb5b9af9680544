package dev.fetchline.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The three standard streams of a command, and which of them are a terminal.
///
/// Both outputs are UTF-8 whatever the locale says: records are, and a pipe must not depend on LANG.
final class StandardStreams {
    private static final int COLUMNS_UNLESS_KNOWN = 80;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final String terminals;
    private final int columns;
    private volatile boolean silenced;

    /// @param terminals the numbers of those streams that are a terminal, such as `12`
    StandardStreams(InputStream in, PrintStream out, PrintStream err, String terminals, int columns) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminals = terminals;
        this.columns = columns;
    }

    /// The process's own streams; the launcher says which are a terminal, because Java cannot tell.
    static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getProperty("fetchline.terminals", ""),
                columnsOf(System.getProperty("fetchline.columns", "")));
    }

    private static int columnsOf(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : COLUMNS_UNLESS_KNOWN;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean inIsTerminal() {
        return terminals.contains("0");
    }

    boolean outIsTerminal() {
        return terminals.contains("1");
    }

    boolean errIsTerminal() {
        return terminals.contains("2");
    }

    /// How wide a line on stdout may be; a pipe takes any.
    int outColumns() {
        return outIsTerminal() ? columns : Integer.MAX_VALUE;
    }

    /// How wide a line on stderr may be.
    int errColumns() {
        return columns;
    }

    /// Writes what stdout still holds; a stream of the JDK keeps its faults to itself until it is asked.
    ///
    /// @throws CliException if something did not arrive
    void flushOut() {
        if (out.checkError()) {
            throw CliException.usage("cannot write to stdout: its disk is full, or its reader has gone.");
        }
    }

    /// Says one sentence on stderr. It may quote what came from elsewhere, such as an argument or a file's name.
    void say(String sentence) {
        if (!silenced) {
            err.println(line(sentence));
        }
    }

    /// Adds lines to the sentence that was said last, set in a little.
    void sayBelow(List<String> lines) {
        if (!silenced) {
            lines.forEach(line -> err.println("  " + PrintableText.of(line)));
        }
    }

    /// One line on stderr for a program to read: as it is.
    void tell(String line) {
        if (!silenced) {
            err.println(line);
        }
    }

    /// Says one sentence where a line stands on stderr that another thread draws anew, such as a progress bar.
    ///
    /// @param columns that the line takes
    void sayOver(int columns, String sentence) {
        if (!silenced) {
            // In one piece: the other thread draws before it or after it, and not in it.
            err.print("\r" + " ".repeat(columns) + "\r" + line(sentence) + System.lineSeparator());
        }
    }

    private static String line(String sentence) {
        return "fetchline: " + PrintableText.of(sentence);
    }

    /// The stack trace of a fault, for `--verbose`.
    void trace(Throwable fault) {
        if (!silenced) {
            fault.printStackTrace(err);
        }
    }

    /// After a signal the last word has been said: what the interrupted command still stumbles over is no news.
    void silence() {
        silenced = true;
    }
}
