package dev.fetchline.local.submit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// One input of URLs.
///
/// @param name what to call it in a sentence
/// @param form how its bytes are to be read
/// @param opener opens it, once
public record Source(String name, Form form, Opener opener) {
    /// How an input is read.
    public enum Form {
        /// A URL a line; blank lines and lines that start with `#` are skipped.
        TEXT,
        /// One message body.
        JSON,
        /// A message body a line.
        JSON_LINES;

        /// The form that a file's name says, as `run` takes it.
        public static Form ofFile(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.endsWith(".jsonl") ? JSON_LINES : lower.endsWith(".json") ? JSON : TEXT;
        }
    }

    /// Opens an input.
    @FunctionalInterface
    public interface Opener {
        /// The bytes of the input, from its beginning.
        InputStream open() throws IOException;
    }
}
