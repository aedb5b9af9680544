package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;

import dev.fetchline.local.hostile.HostileCase.Door;
import java.util.List;
import java.util.stream.Stream;

/// Connections that end early, or go on when they should not (RFC 9112 sections 8 and 9).
final class ConnectionCases {
    private static final String THEME = "connection";
    private static final String STATUS_LINE = "HTTP/1.1 200 OK\r\n";
    private static final String HEAD = STATUS_LINE + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n";

    private ConnectionCases() {}

    static List<HostileCase> all() {
        return Stream.of(closed(), reset(), lies(), unasked())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> closed() {
        return List.of(
                of("closed instead of an answer", Script.silent().close(), failed("DISCONNECTED")),
                of("closed in the status line", Script.of("HTTP/1.1 2").close(), failed("DISCONNECTED")),
                of("closed behind the status line", Script.of(STATUS_LINE).close(), failed("DISCONNECTED")),
                of("closed in a header", Script.of(STATUS_LINE + "Content-Le").close(), failed("DISCONNECTED")),
                of(
                        "closed behind a header",
                        Script.of(STATUS_LINE + "X-A: a\r\n").close(),
                        failed("DISCONNECTED")),
                of("closed behind the head", Script.of(HEAD).close(), failed("DISCONNECTED")),
                of("closed in the body", Script.of(HEAD + "he").close(), failed("DISCONNECTED")),
                of("half closed in the body", Script.of(HEAD + "he").halfClose().hold(), failed("DISCONNECTED")),
                of(
                        "half closed behind the body",
                        Script.of(HEAD + "hello").halfClose().hold(),
                        ok("hello")));
    }

    private static List<HostileCase> reset() {
        return List.of(
                of("reset instead of an answer", Script.silent().reset(), failed("DISCONNECTED")),
                of("reset in the status line", Script.of("HTTP/1.1 2").reset(), failed("DISCONNECTED")),
                of("reset behind the status line", Script.of(STATUS_LINE).reset(), failed("DISCONNECTED")),
                of("reset in a header", Script.of(STATUS_LINE + "Content-Le").reset(), failed("DISCONNECTED")),
                of("reset behind the head", Script.of(HEAD).reset(), failed("DISCONNECTED")),
                of("reset in the body", Script.of(HEAD + "he").reset(), failed("DISCONNECTED")),
                // Nobody said that the body was whole.
                of(
                        "reset where the end of the connection would be that of the body",
                        Script.of(STATUS_LINE + "\r\nhello").reset(),
                        failed("DISCONNECTED")),
                of("reset behind the body", Script.of(HEAD + "hello").reset(), ok("hello")));
    }

    private static List<HostileCase> lies() {
        return List.of(
                of(
                        "says close and stays",
                        Script.of(STATUS_LINE + "Connection: close\r\nContent-Length: 5\r\n\r\nhello"),
                        ok("hello")),
                of(
                        "says close in a list and stays",
                        Script.of(STATUS_LINE + "Connection: x, close\r\nContent-Length: 5\r\n\r\nhello"),
                        ok("hello")),
                of(
                        "says keep-alive and closes",
                        Script.of(STATUS_LINE + "Connection: keep-alive\r\nContent-Length: 5\r\n\r\nhello")
                                .close(),
                        ok("hello")),
                of(
                        "says nothing and closes a little later",
                        Script.of(HEAD + "hello").pause(30).close(),
                        ok("hello")),
                of("HTTP/1.0 and stays", Script.of("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"), ok("hello")),
                of(
                        "HTTP/1.0 and closes",
                        Script.of("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                                .close(),
                        ok("hello")),
                of(
                        "HTTP/1.0 with keep-alive",
                        Script.of("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"),
                        ok("hello")),
                of(
                        "asks for an upgrade",
                        Script.of(
                                STATUS_LINE + "Connection: upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\nhello"),
                        ok("hello")));
    }

    private static List<HostileCase> unasked() {
        return List.of(
                of(
                                "answers before it is asked",
                                Script.of(HEAD + "hello").pause(200).close(),
                                ok("hello"))
                        .at(Door.SPEAKS_FIRST),
                of("closes before it is asked", Script.silent().close(), failed("DISCONNECTED"))
                        .at(Door.SPEAKS_FIRST),
                of(
                                "resets before it is asked",
                                Script.silent()
                                        .reset(), // The reset may come before the client knows that it is connected.
                                failed("DISCONNECTED").or(failed("CONNECT")))
                        .at(Door.SPEAKS_FIRST),
                of("nobody listens", Script.silent(), failed("CONNECT")).at(Door.NOBODY));
    }

    private static HostileCase of(String name, Script script, Expected expected) {
        return HostileCase.of(THEME, name, script, expected);
    }
}
