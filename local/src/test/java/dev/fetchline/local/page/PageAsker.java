package dev.fetchline.local.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Asks the page's server in plain HTTP/1.1, with whatever header a test wants: the JDK's client sets Host itself.
///
/// @param page its address
record PageAsker(URI page) {
    /// @param headers by their names in lower case
    record Answer(int status, Map<String, String> headers, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// @param path below the token, with its query
    Answer get(String path, String... headers) {
        return ask("GET", page.getRawPath() + path, "127.0.0.1:" + page.getPort(), headers);
    }

    /// @param target as it stands in the request line
    Answer ask(String method, String target, String host, String... headers) {
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head + "\r\n");
    }

    /// @param request all of it
    Answer send(String request) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), page.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer parse(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int at = 1; at < lines.length; at++) {
            int colon = lines[at].indexOf(':');
            headers.put(
                    lines[at].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[at].substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }
}
