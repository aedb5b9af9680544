package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.page.PageAsker.Answer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets an answer from the page's server, and with which rules for the browser.
class PageGateTest {
    private static PageStack stack;
    private static PageAsker asker;

    @BeforeAll
    static void start() {
        stack = PageStack.startFast();
        asker = new PageAsker(stack.server().url());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void whoever_has_the_whole_address_sees_the_page() {
        Answer answer = asker.get("");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/html; charset=utf-8");
        assertThat(answer.text()).startsWith("<!DOCTYPE html>");
        assertThat(asker.ask("GET", asker.page().getRawPath(), "localhost:" + port())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void every_answer_tells_the_browser_to_be_careful() {
        for (Answer answer : new Answer[] {
            asker.get(""),
            asker.get("page.js"),
            asker.get("api/status"),
            asker.get("no/such"),
            asker.ask("GET", "/", "evil", "")
        }) {
            assertThat(answer.headers())
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("referrer-policy", "no-referrer")
                    .containsEntry("cross-origin-resource-policy", "same-origin")
                    .containsEntry("cross-origin-opener-policy", "same-origin")
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("x-dns-prefetch-control", "off")
                    .doesNotContainKeys("access-control-allow-origin", "set-cookie");
            assertThat(answer.headers().get("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'")
                    .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe", "*", "http");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1",
                "localhost",
                "127.0.0.1:1",
                "evil.example:PORT",
                "127.0.0.1.evil.example:PORT",
                "localhost.:PORT",
                "[::1]:PORT",
                "LOCALHOST:PORT",
                "127.0.0.1:PORT@evil.example",
                "127.1:PORT",
            })
    void a_name_that_is_not_ours_gets_nothing(String host) {
        Answer answer = asker.ask("GET", asker.page().getRawPath(), host.replace("PORT", Integer.toString(port())));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("This page is at http://127.0.0.1:" + port() + " only.\n");
    }

    @Test
    void no_host_or_two_of_them_get_nothing() {
        String line = "GET " + asker.page().getRawPath() + " HTTP/1.1\r\nConnection: close\r\n";
        String ours = "Host: 127.0.0.1:" + port() + "\r\n";
        assertThat(asker.send(line + "\r\n").status()).isEqualTo(403);
        assertThat(asker.send(line + ours + "Host: evil.example\r\n\r\n").status())
                .isEqualTo(403);
        assertThat(asker.send(line + ours + "\r\n").status()).isEqualTo(200);
    }

    @Test
    void a_target_with_a_name_of_its_own_is_judged_by_that_name() {
        String rest = asker.page().getRawPath() + "api/status HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:"
                + port() + "\r\n\r\n";
        // RFC 9112, section 3.2.2: such a target counts, and Host does not.
        assertThat(asker.send("GET http://evil.example:" + port() + rest).status())
                .isEqualTo(403);
        assertThat(asker.send("GET http://127.0.0.1" + rest).status()).isEqualTo(403);
        assertThat(asker.send("GET http://127.0.0.1:" + port() + rest).status()).isEqualTo(200);
    }

    @Test
    void an_address_that_lost_its_last_slash_leads_to_the_page() {
        String path = asker.page().getRawPath();
        Answer answer = asker.ask("GET", path.substring(0, path.length() - 1), "127.0.0.1:" + port());
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.headers()).containsEntry("location", path);
    }

    @Test
    void without_the_token_there_is_nothing_not_even_the_style_sheet() {
        String token = stack.server().url().getPath().replace("/", "");
        String wrong = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        for (String path : new String[] {
            "/",
            "/page.css",
            "/" + wrong + "/",
            "/" + token.substring(1) + "/",
            "/" + token + "x/",
            "/x/" + token + "/",
            "/?token=" + token,
            "/%2e/" + token + "/api/status"
        }) {
            Answer answer = asker.ask("GET", path, "127.0.0.1:" + port());
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).doesNotContain(token);
        }
    }

    @Test
    void each_page_has_a_token_of_its_own_of_192_bits() {
        try (PageServer other = PageServer.start(stack.target(), 0)) {
            assertThat(other.url().getPath()).matches("/[-_A-Za-z0-9]{32}/");
            assertThat(other.url().getPath()).isNotEqualTo(stack.server().url().getPath());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"})
    void only_looking_is_allowed(String method) {
        Answer answer = asker.ask(method, asker.page().getRawPath() + "api/status", "127.0.0.1:" + port());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET").doesNotContainKey("access-control-allow-methods");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../",
                "../page.css",
                "..%2f..%2fetc/passwd",
                "%2e%2e/index.html",
                "/etc/passwd",
                "page.css/",
                "page.css%00",
                "PAGE.CSS",
                "index.html",
                "PageServer.class",
                "api",
                "api/",
                "api/../page.css",
            })
    void only_the_pages_own_files_are_served(String path) {
        assertThat(asker.get(path).status()).isEqualTo(404);
    }

    @Test
    void other_sites_may_link_to_the_page_and_ask_for_nothing() {
        assertThat(asker.get("api/status", "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(200);
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(asker.get("api/status", "Sec-Fetch-Site: " + site).status())
                    .isEqualTo(403);
            assertThat(asker.get("body?batch=b&key=u&view=text", "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: document")
                            .status())
                    .isEqualTo(403);
            assertThat(asker.get("", "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: document")
                            .status())
                    .isEqualTo(200);
            assertThat(asker.get("", "Sec-Fetch-Site: " + site, "Sec-Fetch-Dest: iframe")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void it_listens_on_the_loopback_address_only() throws IOException {
        for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : card.inetAddresses()
                    .filter(it -> !it.isLoopbackAddress() && it instanceof Inet4Address)
                    .toList()) {
                assertThat(accepts(address)).as(address.toString()).isFalse();
            }
        }
        assertThat(accepts(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(accepts(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
    }

    private static boolean accepts(InetAddress address) {
        try (Socket _ = new Socket(address, port())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int port() {
        return asker.page().getPort();
    }
}
