package dev.fetchline.local.bench;

/// What is told of a run.
enum Measure {
    EARLY_CPU("earlyCpuMicrosPerUrl", "early µs/URL", 0),
    STEADY_CPU("steadyCpuMicrosPerUrl", "steady µs/URL", 0),
    COLD_CPU("coldCpuMillis", "cold CPU ms", 0),
    COLD_WALL("coldWallMillis", "cold wall ms", 0),
    WALL("wallMillis", "wall ms", 0),
    WAIT_RATIO("wallOverIdeal", "wall / ideal", 2),
    P99("p99Millis", "p99 record ms", 0),
    P99_BASE("p99BaseMillis", "without ms", 0),
    P99_RATIO("p99OverBase", "p99 / without", 2),
    RETURNED("returnedMillis", "returned ms", 0),
    RETURNED_RATIO("returnedLess10sOverBase", "(returned - 10 s) / without", 2),
    RSS_FIRST("rssFirstMb", "RSS first MB", 0),
    RSS_LAST("rssLastMb", "RSS last MB", 0),
    RSS_RATIO("rssLastOverFirst", "RSS last / first", 2),
    RSS_MAX("rssMaxMb", "max RSS MB", 0),
    RECORD_BYTES("recordBytes", "record bytes", 0),
    SERVERS_CPU("serversCpuMicrosPerUrl", "servers µs/URL", 0);

    private final String jsonName;
    private final String title;
    private final int decimals;

    Measure(String jsonName, String title, int decimals) {
        this.jsonName = jsonName;
        this.title = title;
        this.decimals = decimals;
    }

    String jsonName() {
        return jsonName;
    }

    String title() {
        return title;
    }

    /// Whether a program's figure is held against those of others; a ratio or a size in itself is not.
    boolean compared() {
        return switch (this) {
            case EARLY_CPU, STEADY_CPU, COLD_CPU, COLD_WALL, WALL, RSS_MAX -> true;
            default -> false;
        };
    }

    /// A figure as it is printed.
    String text(double figure) {
        return ("%,." + decimals + "f").formatted(figure);
    }
}
