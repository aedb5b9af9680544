package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.refused;

import java.util.List;
import java.util.stream.Stream;

/// The function's own endpoints as targets, while the whole loopback network is open: a GET of the Runtime API's
/// `/invocation/next` would take the next event for itself.
public final class EndpointCases {
    private static final String THEME = "endpoint";
    private static final String NEXT = "/2018-06-01/runtime/invocation/next?";

    private EndpointCases() {}

    /// Every way to each.
    ///
    /// @param hostsAndPorts all on 127.0.0.1
    public static List<HostileCase> of(List<String> hostsAndPorts) {
        return hostsAndPorts.stream()
                .flatMap(endpoint -> ways(endpoint.substring(endpoint.indexOf(':') + 1)))
                .toList();
    }

    private static Stream<HostileCase> ways(String port) {
        return Stream.of("127.0.0.1", "127.0.0.2", "127.1.2.3", "[::ffff:127.0.0.1]", "localhost", "LOCALHOST.")
                .map(host -> "http://" + host + ":" + port + NEXT + "{n}")
                .flatMap(url -> Stream.of(
                        HostileCase.of(THEME, url, Script.silent(), no()).asking(url),
                        HostileCase.of(
                                THEME,
                                "a redirect to " + url,
                                Script.of("HTTP/1.1 302 -\r\nLocation: " + url + "\r\nContent-Length: 0\r\n\r\n"),
                                no())));
    }

    private static Expected no() {
        // A v4 address inside of v6 is not written plainly.
        return refused("ENDPOINT").or(refused("HOST_SPELLING"));
    }
}
