package dev.fetchline.local.cli;

/// The exit codes that every command's help names.
final class ExitCode {
    static final int OK = 0;

    /// Finished, and something is not as one would wish: records that are not OK, a function that failed.
    static final int NOT_ALL_OK = 1;

    /// The command line or a file is at fault, or something did not finish.
    static final int USAGE_OR_UNFINISHED = 2;

    /// Nobody reads stdout any more: what a shell says of a program that SIGPIPE ended.
    static final int READER_GONE = 141;

    private ExitCode() {}
}
