package dev.fetchline.http;

import java.util.zip.DataFormatException;

/// A wrapping of deflate data (RFC 1951) that is fed piece by piece.
interface InflateFormat {
    /// Takes the next piece of input; the piece before was consumed, or did not matter any more.
    void accept(byte[] source, int offset, int count);

    /// Inflates into `target`.
    ///
    /// @return how many bytes; 0 where more input is needed or the data has ended
    /// @throws DataFormatException where the input is not of this format
    int inflate(byte[] target) throws DataFormatException;

    /// Whether the data has ended where it may.
    boolean isComplete();

    void close();
}
