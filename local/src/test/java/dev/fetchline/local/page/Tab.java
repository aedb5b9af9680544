package dev.fetchline.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A tab of the browser.
///
/// @param browser that has it
/// @param session of the protocol
record Tab(Chromium browser, String session) {
    private static final long COME_TRUE_SECONDS_MAX = 30;

    private static final Map<String, Integer> CODES =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "ArrowDown", 40, "F5", 116);

    Tab {
        browser.watch(session);
    }

    /// Goes to an address.
    void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    /// The value of an expression in the page.
    JsonNode eval(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /// The text of the first element that a selector finds, as it is shown.
    String text(String selector) {
        return eval("document.querySelector('%s')?.innerText ?? ''".formatted(selector))
                .asText();
    }

    /// Waits until an expression is true.
    void until(String expression) {
        try {
            await(expression, () -> eval("Boolean(" + expression + ")").asBoolean());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page shows: " + text("body"), e);
        }
    }

    /// Waits until something is true.
    static void await(String what, BooleanSupplier isTrue) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COME_TRUE_SECONDS_MAX);
        while (!isTrue.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true: " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Presses a key and lets it go.
    void press(String key) {
        Map<String, Object> down = new HashMap<>(Map.of(
                "type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", CODES.getOrDefault(key, 0)));
        if (key.equals("Enter")) {
            down.put("text", "\r");
        }
        call("Input.dispatchKeyEvent", down);
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", CODES.getOrDefault(key, 0)));
    }

    /// Types text where the focus is.
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /// Presses Tab until the focus is on an element that the selector finds.
    void tabTo(String selector) {
        for (int pressed = 0; pressed < 200; pressed++) {
            if (eval("document.activeElement.matches('%s')".formatted(selector)).asBoolean()) {
                return;
            }
            press("Tab");
        }
        throw new AssertionError("Tab does not lead to " + selector + "; the page shows: " + text("body"));
    }

    /// The window's size in CSS pixels.
    void size(int width, int height, double scale) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
    }

    /// What the person prefers, as media queries ask for it.
    void prefer(String feature, String value) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    /// A node of the accessibility tree that assistive software is told.
    record Spoken(String role, String name) {}

    List<Spoken> accessibilityTree() {
        List<Spoken> spoken = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
            if (!node.path("ignored").asBoolean()) {
                spoken.add(new Spoken(
                        node.path("role").path("value").asText(),
                        node.path("name").path("value").asText()));
            }
        }
        return spoken;
    }
}
