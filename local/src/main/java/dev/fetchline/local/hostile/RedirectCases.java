package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.answered;
import static dev.fetchline.local.hostile.Expected.failed;
import static dev.fetchline.local.hostile.Expected.ok;
import static dev.fetchline.local.hostile.Expected.refused;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Redirects that go round, nowhere, or where they must not (RFC 9110 sections 10.2.2 and 15.4). Those to closed
/// addresses are [DeniedCases].
final class RedirectCases {
    private static final String THEME = "redirect";
    private static final Script THERE =
            Script.page("Content-Type: text/plain\r\n", "there".getBytes(StandardCharsets.US_ASCII));
    private static final int HOPS_MAX = 10;

    private RedirectCases() {}

    static List<HostileCase> all() {
        return Stream.of(walks(), rounds(), locations(), spellings(), refusals(), bodies())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> walks() {
        return Stream.concat(
                        Stream.of(301, 302, 303, 307, 308)
                                .map(status -> to("status " + status, status, "/there", arrived())),
                        Stream.of(
                                to(
                                        "status 300 leaves the choice to people",
                                        300,
                                        "/there",
                                        answered("HTTP_ERROR", 300).redirects(0)),
                                to(
                                        "status 305 is obsolete",
                                        305,
                                        "/there",
                                        answered("HTTP_ERROR", 305).redirects(0)),
                                to(
                                                "not followed when not asked to",
                                                302,
                                                "/there",
                                                answered("OK", 302).redirects(0))
                                        .with("followRedirects", "false"),
                                to("HEAD follows too", 302, "/there", ok("").redirects(1))
                                        .head(),
                                to(
                                                "as many hops as allowed",
                                                302,
                                                "/1",
                                                ok("there").redirects(HOPS_MAX))
                                        .and("/" + HOPS_MAX, THERE)
                                        .and(steps(1, HOPS_MAX - 1)),
                                to("one hop more than allowed", 302, "/1", failed("REDIRECT_LIMIT", 302))
                                        .and(steps(1, HOPS_MAX + 1))))
                .toList();
    }

    private static Map<String, Script> steps(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .boxed()
                .collect(Collectors.toMap(
                        step -> "/" + step, step -> redirect(302, "Location: /" + (step + 1) + "\r\n")));
    }

    private static List<HostileCase> rounds() {
        return List.of(
                to("to itself", 302, "/", failed("REDIRECT_LOOP", 302)),
                to("to itself, with another fragment", 302, "/#again", failed("REDIRECT_LOOP", 302)),
                to("to itself, spelt another way", 302, "HTTP://{host}:{port}/a/../%2e", failed("REDIRECT_LOOP", 302)),
                to("there and back", 302, "/1", failed("REDIRECT_LOOP", 302))
                        .and("/1", redirect(302, "Location: /\r\n")));
    }

    private static List<HostileCase> locations() {
        return List.of(
                of("no Location", redirect(302, ""), failed("REDIRECT_LOCATION", 302)),
                of(
                        "an empty Location",
                        redirect(302, "Location: \r\n"),
                        failed("REDIRECT_LOCATION", 302).or(failed("REDIRECT_LOOP", 302))),
                to("an unreadable Location", 302, "http://[", failed("REDIRECT_LOCATION", 302)),
                to(
                        "a Location with a port that is none",
                        302,
                        "http://{host}:99999/",
                        failed("REDIRECT_LOCATION", 302)),
                to("a Location without a host", 302, "http:///there", failed("REDIRECT_LOCATION", 302)),
                to("a Location of 10,000 bytes", 302, "/" + "a".repeat(10_000), failed("REDIRECT_LOCATION", 302)),
                to("a Location of 1 MB", 302, "/" + "a".repeat(1 << 20), failed("PROTOCOL")),
                to("NUL in a Location", 302, "/th\u0000ere", failed("PROTOCOL").or(failed("REDIRECT_LOCATION", 302))),
                to(
                        "a control character in a Location",
                        302,
                        "/th\u0001ere",
                        failed("PROTOCOL").or(failed("REDIRECT_LOCATION", 302))),
                of(
                        "two Locations that differ",
                        redirect(302, "Location: /there\r\nLocation: /elsewhere\r\n"),
                        failed("REDIRECT_LOCATION", 302)),
                of(
                        "two Locations that are the same",
                        redirect(302, "Location: /there\r\nLocation: /there\r\n"),
                        arrived()));
    }

    /// What clients repair, so that the same page is reached (WHATWG Fetch, "location URL").
    private static List<HostileCase> spellings() {
        return List.of(
                to("UTF-8 in a Location", 302, "/th\u00c3\u00a9re", ok("there").redirects(1))
                        .and("/th%C3%A9re", THERE),
                to("Latin-1 in a Location", 302, "/th\u00e9re", ok("there").redirects(1))
                        .and("/th%C3%A9re", THERE),
                to("a space in a Location", 302, "/the re", ok("there").redirects(1))
                        .and("/the%20re", THERE),
                to("spaces around a Location", 302, "  /there\t ", arrived()),
                to("a query alone", 302, "?there", ok("there").redirects(1)).and("/?there", THERE),
                to("no scheme", 302, "//{host}:{port}/there", arrived()),
                to("the scheme in capitals", 302, "HTTP://{host}:{port}/there", arrived()),
                to("dot segments above the root", 302, "/../../there", arrived()));
    }

    private static List<HostileCase> refusals() {
        return Stream.concat(
                        Stream.of(
                                        "file:///etc/passwd",
                                        "data:text/plain,hello",
                                        "ftp://{host}/",
                                        "javascript:alert(1)",
                                        "gopher://{host}:{port}/1",
                                        "jar:http://{host}:{port}/a!/b",
                                        "view-source:http://{host}:{port}/",
                                        "about:blank")
                                .map(url -> to(
                                        "to " + url.replaceFirst(":.*", ":"),
                                        302,
                                        url,
                                        refused("SCHEME").redirects(1))),
                        Stream.of(
                                to(
                                        "to a URL with user information",
                                        302,
                                        "http://user:pass@{host}:{port}/there",
                                        refused("USERINFO").redirects(1)),
                                to(
                                        "to a port that is not open",
                                        302,
                                        "http://{host}:25/",
                                        refused("PORT").redirects(1))))
                .toList();
    }

    /// All that is wanted of a redirect is in its head.
    private static List<HostileCase> bodies() {
        byte[] kilobyte = "a".repeat(1_024).getBytes(StandardCharsets.US_ASCII);
        String there = "HTTP/1.1 302 Found\r\nLocation: /there\r\n";
        return List.of(
                of("a body without end", Script.of(there + "\r\n").thenForEver(kilobyte), arrived()),
                of(
                        "a body of 1 GB, it says",
                        Script.of(there + "Content-Length: 1073741824\r\n\r\n").thenForEver(kilobyte),
                        arrived()),
                of(
                        "a body that breaks off",
                        Script.of(there + "Content-Length: 10\r\n\r\nhello").close(),
                        arrived()),
                of(
                        "a body in broken chunks",
                        Script.of(there + "Transfer-Encoding: chunked\r\n\r\nzzz\r\n")
                                .close(),
                        arrived()),
                of(
                        "a body that is no gzip",
                        Script.of(there + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
                        arrived()),
                of(
                                "a body that drips",
                                Script.of(there + "Content-Length: 1000\r\n\r\n")
                                        .thenDrip("a".repeat(1_000), Duration.ofMillis(100)),
                                failed("BODY_TIMEOUT"))
                        .with("timeoutMs", "4000"));
    }

    private static Expected arrived() {
        return ok("there").redirects(1);
    }

    private static HostileCase to(String name, int status, String location, Expected expected) {
        return of(name, redirect(status, "Location: " + location + "\r\n"), expected);
    }

    private static Script redirect(int status, String lines) {
        return Script.of("HTTP/1.1 " + status + " -\r\n" + lines + "Content-Length: 0\r\n\r\n");
    }

    private static HostileCase of(String name, Script script, Expected expected) {
        return HostileCase.of(THEME, name, script, expected).and("/there", THERE);
    }
}
