package dev.fetchline.local.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// One thing that a server does with a connection.
public sealed interface Step {
    /// Writes a text, one byte for each char. `{self}`, `{host}` and `{port}` stand for the server's own URL, address
    /// and port.
    record Send(String latin1) implements Step {}

    /// Writes bytes as they are, once or more often.
    final class Repeat implements Step {
        private final byte[] bytes;
        private final int times;

        /// @param bytes not copied
        /// @param times how often; [#FOR_EVER] until the client hangs up
        Repeat(byte[] bytes, int times) {
            this.bytes = bytes;
            this.times = times;
        }

        void writeTo(OutputStream out) throws IOException {
            for (int i = 0; i < times || times == FOR_EVER; i++) {
                out.write(bytes);
            }
        }
    }

    /// Writes a text byte by byte with a pause after each.
    record Drip(String latin1, Duration gap) implements Step {}

    /// Does nothing for so long.
    record Pause(Duration duration) implements Step {}

    /// Closes the connection as usual (FIN).
    record Close() implements Step {}

    /// Closes its own direction only: the client may still send.
    record HalfClose() implements Step {}

    /// Closes the connection with a reset (RST).
    record Reset() implements Step {}

    /// Ends the connection below TLS, which is not told.
    record Cut() implements Step {}

    /// Says nothing more until the client hangs up.
    record Hold() implements Step {}

    /// For [Repeat].
    int FOR_EVER = Integer.MAX_VALUE;
}
