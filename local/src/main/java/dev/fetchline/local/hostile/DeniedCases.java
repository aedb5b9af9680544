package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.invalid;
import static dev.fetchline.local.hostile.Expected.refused;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Closed addresses, by every way that leads to one. Counting servers on 127.0.0.9 and 127.0.0.1 stand in for what must
/// not be reached: whatever a record says, one connection there is one too many.
final class DeniedCases {
    private static final String THEME = "denied";

    /// 127.0.0.9, 127.0.0.1 and others of this machine or this network, as they can be written.
    private static final List<String> HOSTS = List.of(
            "127.0.0.9",
            "2130706441",
            "0x7f000009",
            "0x7f.0x0.0x0.0x9",
            "017700000011",
            "0177.0.0.011",
            "127.0.0.09",
            "127.000.000.009",
            "127.9",
            "127.0.9",
            "127.0.0.9.",
            "127.0.0.9..",
            "4294967296",
            "%31%32%37.0.0.9",
            "127%2e0.0.9",
            "\uff11\uff12\uff17.0.0.9",
            "\u2460\u2461\u2466.\u24ea.\u24ea.\u2468",
            "127\u30020\u30020\u30029",
            "[::ffff:127.0.0.9]",
            "[::ffff:7f00:9]",
            "[0:0:0:0:0:ffff:7f00:0009]",
            "[::127.0.0.9]",
            "[::7f00:9]",
            "[::1]",
            "[::]",
            "[::ffff:0:127.0.0.9]",
            "[64:ff9b::7f00:9]",
            "[64:ff9b:1::7f00:9]",
            "[2002:7f00:9::]",
            "[2001:0:7f00:9::]",
            "[fe80::1%25lo]",
            "[fe80::1%lo]",
            "[::1%25lo]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "0.0.0.0",
            "0",
            "127.0.0.1",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "169.254.169.254",
            "169.254.100.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.0.1",
            "100.64.0.1",
            "255.255.255.255",
            "224.0.0.1");

    private static final Map<String, String> NAMES = Map.of(
            "loopback.hostile.test", "127.0.0.9",
            "open-and-closed.hostile.test", "127.2.0.1,127.0.0.9",
            "private.hostile.test", "10.0.0.1",
            "metadata.hostile.test", "169.254.169.254",
            "six.hostile.test", "::1");

    private DeniedCases() {}

    static List<HostileCase> all() {
        return Stream.of(urls(), redirects(), disguises(), open(), names())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> urls() {
        return HOSTS.stream()
                .map(host -> of("http://" + host, Script.silent()).asking("http://" + host + ":{port}/{n}"))
                .toList();
    }

    private static List<HostileCase> redirects() {
        return HOSTS.stream()
                .map(host -> of(
                        "a redirect to http://" + host,
                        Script.of("HTTP/1.1 302 -\r\nLocation: http://" + latin1OfUtf8(host)
                                + ":{port}/{n}\r\nContent-Length: 0\r\n\r\n")))
                .toList();
    }

    /// Where readers of URLs differ about which part is the host.
    private static List<HostileCase> disguises() {
        return Stream.of(
                        "http://{host}@127.0.0.9:{port}/{n}",
                        "http://{host}:{port}@127.0.0.9:{port}/{n}",
                        "http://127.0.0.9:{port}\\@{host}:{port}/{n}",
                        "http://127.0.0.9:{port}#@{host}:{port}/{n}",
                        "http://127.0.0.9:{port}?@{host}:{port}/{n}",
                        "http:\\\\127.0.0.9:{port}/{n}",
                        "http:/127.0.0.9:{port}/{n}",
                        "http:127.0.0.9:{port}/{n}",
                        "http:///127.0.0.9:{port}/{n}",
                        "http://127.0.0.9:{port}:80/{n}",
                        "http://127.0.0.9 :{port}/{n}",
                        "http://127.0.0.9%00.example.com:{port}/{n}",
                        "http://127.0.0.9\u3002:{port}/{n}")
                .map(url -> of("disguised: " + url, Script.silent()).asking(url))
                .toList();
    }

    /// A backslash ends the host as a slash does (WHATWG URL), so this is a path of an open host.
    private static List<HostileCase> open() {
        return List.of(HostileCase.of(
                        THEME,
                        "a backslash behind an open host",
                        Script.silent(),
                        no().or(Expected.answered("HTTP_ERROR", 404)))
                .asking("http://{host}:{port}\\@127.0.0.9:{port}/{n}"));
    }

    /// What `FETCH_RESOLVE` answers for names: each has a closed address, one an open one besides.
    static String resolve() {
        return NAMES.entrySet().stream()
                .map(name -> name.getKey() + "=" + name.getValue())
                .collect(Collectors.joining(" "));
    }

    private static List<HostileCase> names() {
        return NAMES.keySet().stream()
                .flatMap(name -> Stream.of(
                        of("the name " + name, Script.silent()).asking("http://" + name + ":{port}/{n}"),
                        of(
                                "a redirect to the name " + name,
                                Script.of("HTTP/1.1 302 -\r\nLocation: http://" + name
                                        + ":{port}/{n}\r\nContent-Length: 0\r\n\r\n"))))
                .toList();
    }

    private static HostileCase of(String name, Script script) {
        return HostileCase.of(THEME, name, script, no());
    }

    /// Not fetched, by one rule or the other.
    private static Expected no() {
        return refused("ADDRESS")
                .or(refused("HOST_SPELLING"))
                .or(refused("USERINFO"))
                .or(invalid())
                .or(Expected.failed("REDIRECT_LOCATION", 302))
                // What looks up names need not know those below localhost (RFC 6761 section 6.3).
                .or(Expected.failed("DNS"));
    }

    private static String latin1OfUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
