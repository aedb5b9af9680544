package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The works by name, in the size that is measured and in one that only shows that all parts fit together.
final class Works {
    /// In the order in which they are done.
    static final List<String> NAMES = List.of("plain", "tls", "big", "wait", "stragglers", "cold", "memory", "hosts");

    private static final int KB = 1000;

    /// Where half the heap is room for 500 bodies of the size that the template lets in; nobody knows before it comes
    /// that a page has 1 KB.
    private static final int ROOM_FOR_500_MB = 1_536;

    private Works() {}

    /// The work of a name.
    ///
    /// @param quick whether it is to be over within seconds
    static Work named(String name, boolean quick) {
        return switch (name) {
            case "plain" -> plain(quick);
            case "tls" -> tls(quick);
            case "big" -> big(quick);
            case "wait" -> waiting(quick);
            case "stragglers" -> stragglers(quick);
            case "cold" -> cold(quick);
            case "memory" -> memory(quick);
            case "hosts" -> hosts(quick);
            default -> throw new IllegalArgumentException("no work has the name " + name);
        };
    }

    private static Work plain(boolean quick) {
        return new Work(
                "plain",
                "1 KB, keep-alive",
                KB,
                false,
                128,
                128,
                0,
                0,
                -1,
                0,
                quick ? events(200, 200, 4) : events(1_000, 1_000, 40),
                quick ? new Window(200, 400) : new Window(2_000, 12_000),
                quick ? new Window(400, 800) : new Window(20_000, 40_000),
                0,
                0);
    }

    private static Work tls(boolean quick) {
        return new Work(
                "tls",
                "1 KB, a new TLS 1.3 connection each (ECDSA P-256, no resumption)",
                KB,
                true,
                64,
                64,
                0,
                0,
                -1,
                0,
                quick ? List.of(50, 50, 50) : List.of(300, 700, 1_000, 1_000, 1_000, 1_000, 1_000),
                quick ? new Window(50, 100) : new Window(300, 2_000),
                quick ? new Window(100, 150) : new Window(3_000, 6_000),
                quick ? 50 : 300,
                0);
    }

    private static Work big(boolean quick) {
        return new Work(
                "big",
                "100 KB, keep-alive",
                100 * KB,
                false,
                64,
                64,
                0,
                0,
                -1,
                0,
                quick ? List.of(50, 50, 50) : List.of(500, 500, 1_000, 1_000, 1_000, 1_000, 1_000),
                quick ? new Window(50, 100) : new Window(500, 3_000),
                quick ? new Window(100, 150) : new Window(3_000, 6_000),
                0,
                0);
    }

    private static Work waiting(boolean quick) {
        return new Work(
                "wait",
                "1 KB after 200 ms",
                KB,
                false,
                500,
                500,
                0,
                200,
                -1,
                ROOM_FOR_500_MB,
                quick ? List.of(1_000, 1_000) : events(10_000, 10_000, 3),
                null,
                null,
                0,
                0);
    }

    private static Work stragglers(boolean quick) {
        int event = quick ? 1_000 : 10_000;
        return new Work(
                "stragglers",
                "1 KB after 200 ms, in the last event one answer of a hundred after 10 s",
                KB,
                false,
                500,
                500,
                0,
                200,
                2 * event,
                ROOM_FOR_500_MB,
                events(event, event, 3),
                null,
                null,
                0,
                0);
    }

    private static Work cold(boolean quick) {
        int urls = quick ? 50 : 300;
        return new Work(
                "cold",
                "start of the process, and the first %d URLs over new TLS 1.3 connections".formatted(urls),
                KB,
                true,
                64,
                64,
                0,
                0,
                -1,
                0,
                List.of(urls),
                null,
                null,
                urls,
                0);
    }

    private static Work memory(boolean quick) {
        return new Work(
                "memory",
                "1 KB, keep-alive, one environment of 512 MB",
                KB,
                false,
                128,
                128,
                0,
                0,
                -1,
                512,
                events(1_000, 1_000, quick ? 4 : 1_000),
                null,
                null,
                0,
                quick ? 1_000 : 100_000);
    }

    private static Work hosts(boolean quick) {
        int hosts = quick ? 100 : 2_000;
        return new Work(
                "hosts",
                "1 KB, keep-alive, %,d host names".formatted(hosts),
                KB,
                false,
                128,
                6,
                hosts,
                0,
                -1,
                0,
                quick ? events(200, 200, 2) : events(1_000, 1_000, 20),
                quick ? new Window(200, 400) : new Window(2_000, 12_000),
                null,
                0,
                0);
    }

    private static List<Integer> events(int first, int each, int count) {
        List<Integer> events = new ArrayList<>();
        events.add(first);
        events.addAll(Collections.nCopies(count - 1, each));
        return events;
    }
}
