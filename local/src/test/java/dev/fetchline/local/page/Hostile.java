package dev.fetchline.local.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A record in which everything that a stranger writes is an attack on whoever looks at it.
final class Hostile {
    static final String BATCH = "<img src=x onerror=ran()>";
    static final String KEY = "https://evil.test/?\"><script>ran()</script><img src=x onerror=ran()>";

    /// Each reaches out or runs in a browser that lets it.
    private static final String BODY = """
            <!DOCTYPE html>
            <html><head>
            <title></title></iframe><script>parent.ran=1</script>
            <meta http-equiv="refresh" content="0;url=http://HOST/refresh">
            <base href="http://HOST/base/">
            <link rel="preconnect" href="http://HOST"><link rel="preconnect" href="https://HOST">
            <link rel="dns-prefetch" href="//HOST"><link rel="prefetch" href="http://HOST/prefetch">
            <link rel="stylesheet" href="http://HOST/style"><link rel="icon" href="http://HOST/icon">
            <script>document.documentElement.setAttribute('data-ran', 'script')</script>
            <script src="http://HOST/script"></script>
            <style>@import "http://HOST/import"; @font-face { font-family: f; src: url(http://HOST/font) }
            body { background: url(http://HOST/background); font-family: f }</style>
            </head><body onload="document.documentElement.setAttribute('data-ran', 'onload')">
            <h1>Hello from a stranger</h1>
            <img src="http://HOST/img" onerror="document.documentElement.setAttribute('data-ran', 'onerror')">
            <img srcset="http://HOST/srcset 2x" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC">
            <svg xmlns="http://www.w3.org/2000/svg" onload="document.documentElement.setAttribute('data-ran', 'svg')">
            <script>document.documentElement.setAttribute('data-ran', 'svg script')</script>
            <image href="http://HOST/svg-image"/><use href="http://HOST/use#x"/></svg>
            <iframe src="http://HOST/frame"></iframe><iframe src="javascript:parent.ran()"></iframe>
            <iframe srcdoc="<script>parent.ran()</script><img src=http://HOST/srcdoc>"></iframe>
            <iframe srcdoc="&lt;link rel=preconnect href=https://HOST&gt;&lt;link rel=dns-prefetch href=//HOST&gt;"></iframe>
            <object data="http://HOST/object"></object><embed src="http://HOST/embed">
            <video src="http://HOST/video" poster="http://HOST/poster" autoplay></video><audio src="http://HOST/audio" autoplay></audio>
            <form id="f" action="http://HOST/form"><input name="q" value="x" autofocus onfocus="ran()"></form><script>f.submit()</script>
            <a id="away" href="http://HOST/link" target="_top" ping="http://HOST/ping">away</a>
            <a id="inside" href="http://HOST/inside">inside</a>
            <details open ontoggle="document.documentElement.setAttribute('data-ran', 'toggle')">x</details>
            </body></html>
            """;

    private Hostile() {}

    /// @param host that is reached for
    static String body(String host) {
        return BODY.replace("HOST", host);
    }

    static Map<String, AttributeValue> row() {
        String evil = "\u202e<script>ran()</script><img src=http://evil.test/attribute onerror=ran()>\u0007";
        Map<String, AttributeValue> row = new LinkedHashMap<>(PageStack.row(BATCH, KEY, "OK"));
        for (String name :
                List.of("submitted", "contentType", "charset", "tag", "messageId", "<b onclick=ran()>name</b>")) {
            row.put(name, AttributeValue.fromS(evil));
        }
        row.put("finalUrl", AttributeValue.fromS("javascript:ran()"));
        row.put("fullUrl", AttributeValue.fromS("data:text/html,<script>ran()</script>"));
        row.put(
                "error",
                AttributeValue.fromM(Map.of("kind", AttributeValue.fromS(evil), "detail", AttributeValue.fromS(evil))));
        row.put(
                "headers",
                AttributeValue.fromM(Map.of(evil, AttributeValue.fromS(evil), "__proto__", AttributeValue.fromS("x"))));
        row.put(
                "redirects",
                AttributeValue.fromL(List.of(
                        AttributeValue.fromM(Map.of("location", AttributeValue.fromS("javascript:ran()"))),
                        AttributeValue.fromS(evil))));
        row.put(
                "earlier",
                AttributeValue.fromM(Map.of("status", AttributeValue.fromS(evil), "times", PageStack.number(2))));
        row.put("body", AttributeValue.fromS(body("evil.test")));
        return row;
    }
}
