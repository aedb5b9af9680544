package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser.
@Timeout(300)
class PageBrowserIT {
    @TempDir
    static Path profile;

    private static PageStack stack;
    private static TrapProxy trap;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        stack = PageStack.startFast();
        stack.put(PageStack.rows("many", 100_000));
        stack.put(PageStack.rows("few", 3));
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
        tab.until("document.querySelectorAll('table.batches tbody tr').length === 2");
        assertThat(tab.text("table.batches")).contains("many", "few");
        assertThat(tab.text("#depths")).contains("the stack of a test");
    }

    @Test
    void a_hundred_thousand_records_stay_a_hundred_rows() {
        Tab tab = opened("#/batch/many");
        tab.until("document.querySelectorAll('table.records tbody tr').length === 100");
        assertThat(tab.eval("document.querySelectorAll('*').length").asInt()).isLessThan(2_500);
    }

    @Test
    void controls_have_names() {
        Tab tab = opened("#/batch/few");
        tab.until("document.querySelectorAll('table.records tbody tr').length === 3");
        List<Tab.Spoken> tree = tab.accessibilityTree();
        Set<String> controls = Set.of("button", "link", "textbox", "searchbox", "combobox", "progressbar", "table", "region", "navigation");
        assertThat(tree.stream().filter(node -> controls.contains(node.role()) && node.name().isBlank()))
                .isEmpty();
        assertThat(tree).contains(new Tab.Spoken("searchbox", "Search"), new Tab.Spoken("combobox", "Status"), new Tab.Spoken("textbox", "Where"));
    }
}
