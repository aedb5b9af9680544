package dev.fetchline.guard;

import java.util.ArrayDeque;

/// `.` and `..` in a path (RFC 3986 section 5.2.4).
final class DotSegments {
    private DotSegments() {}

    /// The path without them.
    ///
    /// @param path empty or beginning with a slash, its percent-encoding already normalised, so that `%2e` is a
    ///     dot
    /// @return never empty: the path of an http URL without one is `/` (RFC 3986 section 6.2.3)
    static String remove(String path) {
        if (!path.contains("/.")) {
            return path.isEmpty() ? "/" : path;
        }
        var kept = new ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            var segment = segments[i];
            boolean up = segment.equals("..");
            if (up) {
                kept.pollLast();
            }
            if (!up && !segment.equals(".")) {
                kept.addLast(segment);
            } else if (i == segments.length - 1) {
                // "/a/b/.." is the directory "/a/", not the file "/a".
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
