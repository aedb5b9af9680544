package dev.fetchline.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The three standard streams of a command, and which of them are a terminal.
///
/// Both outputs are UTF-8 whatever the locale says: records are, and a pipe must not depend on LANG.
final class StandardStreams {
    private static final int COLUMNS_UNLESS_KNOWN = 80;

    /// As the kernel calls it (EPIPE), and the JDK passes on.
    private static final String READER_GONE = "Broken pipe";

    private final InputStream in;
    private final NotedFaults faults;
    private final PrintStream out;
    private final PrintStream err;
    private final String terminals;
    private final int columns;
    private volatile boolean silenced;

    /// @param terminals the numbers of those streams that are a terminal, such as `12`
    StandardStreams(InputStream in, OutputStream out, PrintStream err, String terminals, int columns) {
        this.in = in;
        this.faults = new NotedFaults(out);
        this.out = new PrintStream(faults, false, StandardCharsets.UTF_8);
        this.err = err;
        this.terminals = terminals;
        this.columns = columns;
    }

    /// The process's own streams; the launcher says which are a terminal, because Java cannot tell.
    static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new FileOutputStream(FileDescriptor.out),
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
    /// @throws CliException if something did not arrive; without a sentence where the reader wanted
    ///     no more, as `head`
    void flushOut() {
        if (!out.checkError()) {
            return;
        }
        String why = faults.first == null ? "" : String.valueOf(faults.first.getMessage());
        if (why.contains(READER_GONE)) {
            throw CliException.readerGone();
        }
        throw CliException.usage("cannot write to stdout: " + (why.isEmpty() ? "it is closed" : why) + ".");
    }

    /// Says one sentence on stderr. It may quote what came from elsewhere, such as an argument or a
    /// file's name.
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

    /// Says one sentence where a line stands on stderr that another thread draws anew, such as a progress
    /// bar.
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

    /// After a signal the last word has been said: what the interrupted command still stumbles over is no
    /// news.
    void silence() {
        silenced = true;
    }

    /// A PrintStream says that a write failed, and not why.
    private static final class NotedFaults extends FilterOutputStream {
        private @Nullable IOException first;

        NotedFaults(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException fault) {
                first = first == null ? fault : first;
                throw fault;
            }
        }
    }
}
