package dev.fetchline.local.chaos;

import dev.fetchline.local.stack.FunctionEnvironment;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP/1.1 request as it stands on the wire.
///
/// @param fields names and values in their order
record HttpRequestHead(String method, String target, List<Map.Entry<String, String>> fields) {
    private static final int BYTES_MAX = 64 * 1024;

    /// Reads up to the empty line; nothing where the connection ends before a request begins.
    static Optional<HttpRequestHead> read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return Optional.empty();
        }
        String[] parts = line.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("no request line: " + line);
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field = line(in); field == null || !field.isEmpty(); field = line(in)) {
            if (field == null) {
                throw new EOFException("in a request's head");
            }
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.add(Map.entry(
                        field.substring(0, colon), field.substring(colon + 1).strip()));
            }
        }
        return Optional.of(new HttpRequestHead(parts[0], parts[1], fields));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
            if (line.length() > BYTES_MAX) {
                throw new IOException("a request's head is too long");
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    String field(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /// The body that follows. Only a declared length is understood, which is all that the SDK sends.
    byte[] body(InputStream in) throws IOException {
        String length = field("content-length");
        if (length.isEmpty()) {
            if (!field("transfer-encoding").isEmpty()) {
                throw new IOException("a request without Content-Length");
            }
            return new byte[0];
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("in a request's body");
        }
        return body;
    }

    /// The call, read from the fields that AWS' SDKs send.
    Operation operation(byte[] body) {
        String target = field("x-amz-target");
        return new Operation(
                target.substring(target.lastIndexOf('.') + 1),
                environment(field("user-agent")),
                new String(body, StandardCharsets.UTF_8));
    }

    private static int environment(String userAgent) {
        String mark = "app/" + FunctionEnvironment.APP_ID_PREFIX;
        int at = userAgent.indexOf(mark);
        if (at < 0) {
            return 0;
        }
        String digits = userAgent.substring(at + mark.length()).split("[^0-9]", 2)[0];
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
