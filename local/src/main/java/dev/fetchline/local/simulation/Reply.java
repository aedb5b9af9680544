package dev.fetchline.local.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// What a server does with one request.
sealed interface Reply {
    /// Nothing, ever.
    record Silence() implements Reply {}

    /// No response.
    record Failure(long afterNanos, IOException failure) implements Reply {}

    /// A response.
    ///
    /// @param headNanos until its head is there
    /// @param bodyNanos from then until its body is
    /// @param chunkBytes that arrive at once
    /// @param ending what follows the bytes
    record Answer(
            long headNanos,
            int status,
            Map<String, List<String>> headers,
            ByteBuffer body,
            long bodyNanos,
            int chunkBytes,
            Ending ending)
            implements Reply {
        static Answer of(long headNanos, int status, Map<String, List<String>> headers, byte[] body) {
            return new Answer(headNanos, status, headers, ByteBuffer.wrap(body), 0, 16 * 1024, Ending.WHOLE);
        }
    }

    /// How a body ends.
    enum Ending {
        WHOLE,
        RESET,
        STALL
    }
}
