package dev.fetchline.local.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files that the page is made of; no others are served.
final class PageFiles {
    private static final List<String> NAMES = List.of(
            "index.html",
            "page.css",
            "icon.svg",
            "page.js",
            "api.js",
            "dom.js",
            "batches.js",
            "batch.js",
            "records.js",
            "hosts.js",
            "record.js",
            "dead-letters.js");

    private final Map<String, PageAnswer> files;

    private PageFiles(Map<String, PageAnswer> files) {
        this.files = files;
    }

    static PageFiles read() {
        Map<String, PageAnswer> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name.equals("index.html") ? "" : name, PageAnswer.file(typeOf(name), contentOf(name)));
        }
        return new PageFiles(files);
    }

    /// @param path below the token; empty for the page itself
    Optional<PageAnswer> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] contentOf(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
