package dev.fetchline.local.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How records or figures are printed.
enum OutputFormat {
    TABLE,
    JSONL,
    CSV;

    /// The one that was asked for; else what a file's name says, a table on a terminal, and JSON Lines elsewhere.
    static OutputFormat of(@Nullable OutputFormat asked, @Nullable Path file, StandardStreams streams) {
        if (asked != null) {
            return asked;
        }
        if (file != null) {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : JSONL;
        }
        return streams.outIsTerminal() ? TABLE : JSONL;
    }
}
