package dev.fetchline.local.cli;

import java.io.Serial;

/// What the user gave, or what this machine lacks, ends the command: one sentence and an exit code.
final class CliException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CliException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /// A fault of the command line or of a file that it names.
    static CliException usage(String sentence) {
        return new CliException(ExitCode.USAGE_OR_UNFINISHED, sentence);
    }

    /// Who read stdout wants no more of it, such as `head`: nothing is to be said.
    static CliException readerGone() {
        return new CliException(ExitCode.READER_GONE, "");
    }

    int exitCode() {
        return exitCode;
    }
}
