package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The page in a real browser.
@Timeout(300)
class PageBrowserIT {
    private static final String ROWS = "document.querySelectorAll('table.records tbody tr').length";

    // A browser that was just ended may still hold a file of its profile.
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path profile;

    private static PageStack stack;
    private static TrapProxy trap;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        stack = PageStack.startFast();
        stack.put(PageStack.rows("many", 100_000));
        stack.put(PageStack.rows("few", 30));
        Map<String, AttributeValue> withBody = PageStack.row("few", "https://host00.example/page/000000", "OK");
        withBody.put("body", AttributeValue.fromS("<h1>Hello</h1>"));
        stack.put(List.of(withBody));
        stack.putDeadLetter("{\"urls\": 5}", "the field \"urls\" is no list");
        trap = TrapProxy.start();
        browser = Chromium.start(
                Chromium.installed().orElseThrow(),
                profile,
                trap.port(),
                stack.server().url().getPort());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            trap.close();
            stack.close();
        }
    }

    private static Tab opened(String route) {
        Tab tab = browser.tab();
        tab.open(stack.url() + route);
        tab.until("document.querySelector('#depths dt')");
        return tab;
    }

    @Test
    void it_opens_on_the_list_of_batches() {
        Tab tab = opened("");
        tab.until("document.querySelectorAll('table.batches tbody tr').length >= 2");
        assertThat(tab.text("table.batches")).contains("many", "few");
        assertThat(tab.text("#depths")).contains("the stack of a test").containsPattern("Dead letters\\s+1");
    }

    @Test
    void the_keyboard_leads_from_the_list_to_a_record_and_back() {
        Tab tab = opened("");
        tab.until("document.querySelectorAll('table.batches tbody tr').length >= 2");
        tab.press("Tab");
        assertThat(tab.eval("document.activeElement.className").asText()).isEqualTo("skip");
        tab.tabTo("a[href=\"#/batch/few\"]");
        tab.press("Enter");
        tab.until(ROWS + " === 30");
        assertThat(tab.eval("document.activeElement.textContent").asText()).isEqualTo("Batch few");
        tab.tabTo("#search");
        tab.type("PAGE/000007");
        tab.press("Enter");
        tab.until(ROWS + " === 1");
        assertThat(tab.eval("location.hash").asText()).isEqualTo("#/batch/few?search=PAGE%2F000007");
        tab.tabTo("table.records tbody a");
        tab.press("Enter");
        tab.until("document.querySelector('.lead')");
        assertThat(tab.eval("document.activeElement.tagName").asText()).isEqualTo("H1");
        assertThat(tab.text("article")).contains("https://host07.example/page/000007", "FAILED", "CONNECT_REFUSED");
        tab.eval("history.back()");
        tab.until(ROWS + " === 1");
        assertThat(tab.eval("document.querySelector('#search').value").asText()).isEqualTo("PAGE/000007");
    }

    @Test
    void filters_stay_in_the_address() {
        Tab tab = opened("#/batch/few?status=FAILED");
        tab.until(ROWS + " === 1");
        assertThat(tab.eval("document.querySelector('#status').value").asText()).isEqualTo("FAILED");
        tab.eval("location.hash = '#/batch/few?where=status%3DOK'");
        tab.until(ROWS + " === 29");
        assertThat(tab.eval("document.querySelector('#where').value").asText()).isEqualTo("status=OK");
        tab.eval("location.hash = '#/batch/few?where=nonsense'");
        tab.until("!document.querySelector('#fault').hidden");
        assertThat(tab.text("#fault")).contains("nonsense");
    }

    @Test
    void a_hundred_thousand_records_are_never_more_than_a_hundred_rows() {
        long before = tableCalls();
        Tab tab = opened("#/batch/many");
        tab.until(ROWS + " === 100");
        tab.until("document.querySelector('.progress').innerText.includes('counted so far')");
        // One for the rows; the rest adds up the statuses of the first some thousand.
        assertThat(tableCalls() - before).isBetween(2L, 1L + BatchReader.CALLS_MAX);
        before = tableCalls();
        for (int page = 2; page <= 5; page++) {
            tab.eval(
                    "[...document.querySelectorAll('.pager button')].find(each => each.textContent === 'Next').click()");
            tab.until(
                    "document.querySelector('#records-note').textContent.startsWith('Rows %d01 ')".formatted(page - 1));
            assertThat(tab.eval(ROWS).asInt()).isEqualTo(100);
        }
        assertThat(tableCalls() - before).isEqualTo(4);
        assertThat(tab.eval("document.querySelectorAll('*').length").asInt()).isLessThan(2_500);
    }

    @Test
    void a_filter_that_matches_little_of_much_answers_in_bounded_steps() {
        Tab tab = opened("#/batch/many?status=FAILED");
        tab.until(ROWS + " === 100");
        assertThat(tab.text("#records-note")).startsWith("Rows 1 to 100.");
        tab.eval("location.hash = '#/batch/many?search=page/099999'");
        tab.until("document.querySelector('#records-note').textContent.includes('That is the end.')");
        assertThat(tab.eval(ROWS).asInt()).isEqualTo(1);
        assertThat(tab.text("#records-note")).contains("Looked at 100,000 records.");
    }

    @Test
    void hosts_of_a_large_batch_are_added_up() {
        Tab tab = opened("#/batch/many/hosts");
        tab.until("document.querySelector('main').innerText.includes('100,000 records of 50 hosts read.')");
        assertThat(tab.eval("document.querySelectorAll('table.hosts tbody tr').length")
                        .asInt())
                .isEqualTo(50);
        assertThat(tab.text("table.hosts tbody tr")).contains("2,000");
        tab.tabTo("th:nth-child(1) .sort");
        tab.press("Enter");
        tab.until("document.querySelector('table.hosts tbody tr').innerText.startsWith('host00.example')");
        assertThat(tab.eval("document.querySelector('th[aria-sort]').ariaSort").asText())
                .isEqualTo("ascending");
        assertThat(tab.eval("document.activeElement.textContent").asText()).isEqualTo("Host");
    }

    @Test
    void a_click_on_read_on_while_it_reads_counts_nothing_twice() {
        Tab tab = opened("#/batch/few");
        tab.until(ROWS + " === 30");
        tab.eval("""
                new Promise((done) => {
                  window.asked = 0;
                  const real = window.fetch;
                  window.fetch = (...request) => {
                    asked++;
                    return real(...request).finally(() => asked--);
                  };
                  addEventListener('hashchange', () => {
                    [...document.querySelectorAll('button')].find((each) => each.textContent === 'Read on').click();
                    done();
                  });
                  location.hash = '#/batch/many/hosts';
                })
                """);
        tab.until("asked === 0 && document.querySelector('main').innerText.match(/records of 50 hosts read[.]/)");
        assertThat(tab.text("main")).contains("100,000 records of 50 hosts read.");
    }

    @Test
    void a_filter_that_cannot_be_read_leaves_no_rows_of_another() {
        Tab tab = opened("#/batch/few");
        tab.until(ROWS + " === 30");
        tab.tabTo("#where");
        tab.type("nonsense");
        tab.press("Enter");
        tab.until("!document.querySelector('#fault').hidden");
        assertThat(tab.text("#fault")).contains("nonsense");
        assertThat(tab.eval(ROWS).asInt()).isZero();
        assertThat(tab.text("#records-note")).isEqualTo("Not read.");
    }

    @Test
    void what_is_new_appears_by_itself_and_the_focus_stays() {
        stack.put(PageStack.rows("growing", 3));
        Tab tab = opened("#/batch/growing");
        tab.until(ROWS + " === 3");
        tab.tabTo("table.records tbody tr:nth-child(2) a");
        stack.put(List.of(PageStack.row("growing", "https://a.example/new", "REFUSED")));
        tab.until(ROWS + " === 4");
        assertThat(tab.eval("document.activeElement.textContent").asText())
                .isEqualTo("https://host01.example/page/000001");
        tab.until("document.querySelector('.progress').innerText.includes('4 records, all of them counted')");
    }

    @Test
    void a_hidden_tab_asks_for_nothing_until_it_is_seen_again() {
        Tab tab = browser.tab();
        // Time is the test's: what the page plans for later is kept until the test runs it.
        tab.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.planned = [];
                window.setTimeout = (work) => planned.push(work);
                Object.defineProperty(document, 'hidden', { get: () => Boolean(window.isHidden) });
                """));
        tab.open(stack.url());
        tab.until("window.planned?.length === 1");
        String asked =
                "performance.getEntriesByType('resource').filter(each => each.name.endsWith('api/status')).length";
        int before = tab.eval(asked).asInt();
        tab.eval("window.isHidden = true; planned.shift()()");
        assertThat(tab.eval("planned.length").asInt()).isZero();
        assertThat(tab.eval(asked).asInt()).isEqualTo(before);
        tab.eval("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))");
        tab.until("planned.length === 1");
        assertThat(tab.eval(asked).asInt()).isEqualTo(before + 1);
        tab.eval("document.querySelector('#pause').click(); planned.shift()()");
        assertThat(tab.eval("document.querySelector('#pause').ariaPressed").asText())
                .isEqualTo("true");
        assertThat(tab.eval("planned.length").asInt()).isZero();
    }

    @Test
    void a_hostile_record_runs_nothing_and_reaches_nobody() {
        stack.put(List.of(Hostile.row()));
        Tab tab = browser.tab();
        tab.call(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "window.ran = () => { window.hasRun = true; };"));
        tab.open(stack.url());
        tab.until("document.querySelector('table.batches')?.innerText.includes('onerror')");
        tab.eval(
                "[...document.querySelectorAll('table.batches a')].find(each => each.textContent.includes('onerror')).click()");
        tab.until(ROWS + " === 1");
        assertThat(tab.text("table.records")).contains("data:text/html,<script>", "\\u{202e}<script>ran()</script>");
        tab.eval("document.querySelector('table.records tbody a').click()");
        tab.until("document.querySelector('pre')?.textContent.includes('Hello from a stranger')");
        assertThat(tab.text("main")).contains("<b onclick=ran()>name</b>", "\\u{202e}", "\\u{7}", "javascript:ran()");
        assertThat(tab.eval("[...document.querySelectorAll('main a')].map(each => each.protocol + each.rel).join(' ')")
                        .asText())
                .doesNotContain("javascript", "data:")
                .contains("https:noopener noreferrer");
        tab.eval(
                "[...document.querySelectorAll('button')].find(each => each.textContent.startsWith('Rendered')).click()");
        tab.until("document.querySelector('iframe')");
        String frame = frameText(tab, "Hello from a stranger");
        assertThat(frame).doesNotContain("\"data-ran\",\"");
        assertThat(tab.eval("document.querySelector('iframe').getAttribute('sandbox')")
                        .asText())
                .isEmpty();
        assertThat(tab.eval(
                                "[window.hasRun, window.ran === 1, document.title.includes('Record'), location.pathname.length]")
                        .toString())
                .isEqualTo("[null,false,true,34]");
        String session = frameSessions()
                .filter(each -> dom(each).contains("Hello from a stranger\""))
                .findFirst()
                .orElseThrow();
        clickInFrame(tab, session, "#away");
        clickInFrame(tab, session, "#inside");
        Tab.await(
                "the frame shows no link's target and not the body",
                () -> !framesOf(tab).contains("Hello from a stranger\""));
        assertThat(tab.eval("location.href").asText()).startsWith(stack.url());
        // The same document in a tab without these rules: what it reaches for, the trap hears. By then it would have
        // heard of the other as well.
        Tab careless = browser.tab();
        careless.open("data:text/html;charset=utf-8;base64,"
                + Base64.getEncoder()
                        .encodeToString(Hostile.body("control.test").getBytes(StandardCharsets.UTF_8)));
        for (String reached : List.of("img", "script", "style", "prefetch", "frame", "form?q=x")) {
            awaitHeard("GET http://control.test/" + reached);
        }
        awaitHeard("CONNECT control.test:443");
        assertThat(trap.heard()).noneMatch(line -> line.contains("evil.test"));
        assertThat(browser.events("Page.javascriptDialogOpening")).isEmpty();
        // What the documents asked for was stopped inside the browser.
        List<String> asked = browser.events("Network.requestWillBeSent")
                .map(event -> event.path("params"))
                .filter(params -> params.path("request").path("url").asText().contains("//evil.test"))
                .map(params -> params.path("requestId").asText())
                .toList();
        List<String> stopped = browser.events("Network.loadingFailed")
                .map(event -> event.path("params"))
                .filter(params -> !params.path("blockedReason").asText().isEmpty())
                .map(params -> params.path("requestId").asText())
                .toList();
        assertThat(asked).isNotEmpty().allMatch(stopped::contains);
    }

    /// Clicks on the middle of an element of the only frame in the tab, until it has the focus or
    /// has gone with the frame's document: Chromium drops a click that comes before it knows what
    /// the frame's process draws where.
    private static void clickInFrame(Tab tab, String frameSession, String selector) {
        Tab.await("a click on " + selector + " arrives", () -> {
            try {
                int node = found(frameSession, selector);
                if (node == 0) {
                    return true;
                }
                clickOnceInFrame(tab, frameSession, node);
                return found(frameSession, selector + ":focus") != 0;
            } catch (AssertionError _) {
                return dom(frameSession).isEmpty();
            }
        });
    }

    /// The number of the first node of a frame that a selector finds; 0 if there is none.
    private static int found(String frameSession, String selector) {
        JsonNode root = browser.call(frameSession, "DOM.getDocument", Map.of()).path("root");
        return browser.call(
                        frameSession,
                        "DOM.querySelector",
                        Map.of("nodeId", root.path("nodeId").asInt(), "selector", selector))
                .path("nodeId")
                .asInt();
    }

    private static void clickOnceInFrame(Tab tab, String frameSession, int node) {
        browser.call(frameSession, "DOM.scrollIntoViewIfNeeded", Map.of("nodeId", node));
        tab.eval("document.querySelector('iframe').scrollIntoView({ block: 'center' })");
        JsonNode quad = browser.call(frameSession, "DOM.getBoxModel", Map.of("nodeId", node))
                .path("model")
                .path("content");
        JsonNode frame =
                tab.eval("(({ x, y }) => ({ x, y }))(document.querySelector('iframe').getBoundingClientRect())");
        double x = frame.path("x").asDouble()
                + (quad.get(0).asDouble() + quad.get(4).asDouble()) / 2;
        double y = frame.path("y").asDouble()
                + (quad.get(1).asDouble() + quad.get(5).asDouble()) / 2;
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tab.call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    private static void awaitHeard(String line) {
        Tab.await("the trap hears " + line, () -> trap.heard().stream().anyMatch(heard -> heard.startsWith(line)));
    }

    /// The DOM of the frames in a tab, as JSON, once it has some text: a sandboxed frame has a process of its own.
    private static String frameText(Tab tab, String text) {
        Tab.await("a frame shows " + text, () -> framesOf(tab).contains(text + "\""));
        return framesOf(tab);
    }

    private static String framesOf(Tab tab) {
        return frameSessions().map(PageBrowserIT::dom).reduce(dom(tab.session()), String::concat);
    }

    private static Stream<String> frameSessions() {
        return browser.events("Target.attachedToTarget")
                .map(event -> event.path("params"))
                .filter(params ->
                        params.path("targetInfo").path("type").asText().equals("iframe"))
                .map(params -> params.path("sessionId").asText());
    }

    private static String dom(String session) {
        try {
            return browser.call(session, "DOM.getDocument", Map.of("depth", -1, "pierce", true))
                    .toString();
        } catch (AssertionError _) {
            // The frame has gone.
            return "";
        }
    }

    @Test
    void a_line_of_a_megabyte_is_shown_in_part_until_more_is_asked_for() {
        Map<String, AttributeValue> row = PageStack.row("long", "https://long.example/", "OK");
        row.put("body", AttributeValue.fromS("x".repeat(300_000)));
        stack.put(List.of(row));
        Tab tab = opened("#/record/long/long/" + "https%3A%2F%2Flong.example%2F");
        tab.until("document.querySelector('pre')");
        assertThat(tab.eval("document.querySelector('pre').textContent.length").asInt())
                .isEqualTo(200_000);
        tab.tabTo("#preview button");
        tab.press("Enter");
        tab.until("document.querySelector('pre').textContent.length === 300000");
        assertThat(tab.eval("document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_is_not_seen_is_shown_by_its_number() {
        Tab tab = opened("");
        for (String name : List.of("visible", "visibleLines")) {
            assertThat(tab.eval(
                                    "import('./dom.js').then(dom => dom.%s('a\\u3164b\\u034fc\\u115fd\\u200be\\u{e0041}\\u2764\\ufe0f'))"
                                            .formatted(name))
                            .asText())
                    .isEqualTo("a\\u{3164}b\\u{34f}c\\u{115f}d\\u{200b}e\\u{e0041}\u2764\ufe0f");
        }
    }

    @Test
    void dead_letters_are_shown_with_their_reason() {
        Tab tab = opened("#/dead-letters");
        tab.until("document.querySelector('.letters article')");
        assertThat(tab.text(".letters")).contains("the-first-id", "the field \"urls\" is no list", "{\"urls\": 5}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#/batch/few",
                "#/batch/few/hosts",
                "#/record/few/few/https%3A%2F%2Fhost00.example%2Fpage%2F000000",
                "#/dead-letters"
            })
    void everything_has_a_name_and_can_be_read_in_any_light_and_width(String route) throws IOException {
        Tab tab = opened(route);
        tab.until("document.querySelector('main tr, main .lead, main .letters article')");
        if (route.startsWith("#/record")) {
            tab.until("document.querySelector('#preview pre')");
        }
        Set<String> named = Set.of(
                "button",
                "link",
                "textbox",
                "searchbox",
                "combobox",
                "progressbar",
                "table",
                "region",
                "navigation",
                "columnheader",
                "rowheader",
                "image",
                "heading");
        List<Tab.Spoken> tree = tab.accessibilityTree();
        assertThat(tree)
                .filteredOn(node -> named.contains(node.role()))
                .isNotEmpty()
                .noneMatch(node -> node.name().isBlank());
        assertThat(tree).filteredOn(node -> node.role().equals("region")).doesNotHaveDuplicates();
        assertThat(tree).extracting(Tab.Spoken::role).contains("banner", "main", "contentinfo", "navigation");
        assertThat(tab.eval("document.querySelectorAll('h1').length").asInt()).isEqualTo(1);
        String contrast = Files.readString(Path.of("src/test/resources/dev/fetchline/local/page/contrast.js"));
        for (String scheme : List.of("light", "dark")) {
            tab.prefer("prefers-color-scheme", scheme);
            JsonNode faint = tab.eval(contrast);
            assertThat(faint).as(scheme).isEmpty();
        }
        for (int width : new int[] {320, 640}) {
            tab.size(width, 800, 2);
            assertThat(tab.eval("document.documentElement.scrollWidth").asInt())
                    .as(route)
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void dark_is_dark() {
        Tab tab = opened("");
        String ground = "getComputedStyle(document.body).backgroundColor";
        tab.prefer("prefers-color-scheme", "light");
        assertThat(tab.eval(ground).asText()).isEqualTo("rgb(251, 251, 252)");
        tab.prefer("prefers-color-scheme", "dark");
        assertThat(tab.eval(ground).asText()).isEqualTo("rgb(20, 23, 27)");
    }

    @Test
    void controls_say_what_they_are() {
        Tab tab = opened("#/batch/few");
        tab.until(ROWS + " === 30");
        assertThat(tab.accessibilityTree())
                .contains(
                        new Tab.Spoken("searchbox", "Search"),
                        new Tab.Spoken("combobox", "Status"),
                        new Tab.Spoken("textbox", "Where"),
                        new Tab.Spoken("table", "Records of the batch"),
                        new Tab.Spoken("columnheader", "What went wrong"),
                        new Tab.Spoken("button", "Pause updates"));
    }

    /// Calls of the tables that the page has made, as it tells them itself.
    private static long tableCalls() {
        String status = new PageAsker(stack.server().url()).get("api/status").text();
        return Long.parseLong(status.replaceFirst(".*\"calls\":([0-9]+).*", "$1"));
    }
}
