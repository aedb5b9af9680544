package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Makes the picture of the page that the README shows, when it is told where to put it.
@Timeout(300)
@EnabledIfSystemProperty(named = "fetchline.screenshot", matches = ".+", disabledReason = "it writes into docs/")
class PageScreenshotIT {
    private static final int BYTES_MAX = 200_000;

    @TempDir(cleanup = CleanupMode.NEVER)
    Path profile;

    @Test
    void a_batch_in_the_middle_of_its_work() throws IOException {
        Path file = Path.of("..").resolve(System.getProperty("fetchline.screenshot"));
        try (PageStack stack = PageStack.start();
                TrapProxy trap = TrapProxy.start();
                Chromium browser = Chromium.start(
                        Chromium.installed().orElseThrow(),
                        profile,
                        trap.port(),
                        stack.server().url().getPort())) {
            Realistic.fill(stack);
            Tab tab = browser.tab();
            tab.prefer("prefers-color-scheme", "light");
            tab.size(1_180, 900, 1);
            tab.open(stack.url() + "#/batch/" + Realistic.BATCH);
            tab.until("document.querySelectorAll('table.records tbody tr').length === 100");
            Files.write(file, tab.screenshot());
        }
        assertThat(Files.size(file)).isLessThan(BYTES_MAX);
    }
}
