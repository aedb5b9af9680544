package dev.fetchline.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The TCP ports that may be fetched from, such as `80,443,8000-9000`. Immutable.
public final class PortRanges {
    private static final int PORT_MAX = 65_535;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:\\s*-\\s*([0-9]{1,5}))?");

    private final List<Range> ranges;

    private PortRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    private record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /// Reads ports and ranges of ports separated by commas; spaces do not matter.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if there is no entry, or one
    ///     that is no port from 1 to 65,535 and no ascending range of them
    public static PortRanges parse(String text) {
        var ranges = new ArrayList<Range>();
        for (var entry : text.split(",", -1)) {
            var matcher = RANGE.matcher(entry.strip());
            if (!matcher.matches()) {
                throw notARange(entry);
            }
            var last = matcher.group(2);
            var range = new Range(
                    Integer.parseInt(matcher.group(1)), Integer.parseInt(last == null ? matcher.group(1) : last));
            if (range.first < 1 || range.last > PORT_MAX || range.first > range.last) {
                throw notARange(entry);
            }
            ranges.add(range);
        }
        return new PortRanges(ranges);
    }

    private static IllegalArgumentException notARange(String entry) {
        return new IllegalArgumentException(
                "\"%s\" is no port; expected are numbers from 1 to %d and ranges of them, such as 80,443,8000-9000."
                        .formatted(FetchUrl.redact(entry.strip(), 80), PORT_MAX));
    }

    /// Whether the port is one of these.
    public boolean contains(int port) {
        for (var range : ranges) {
            if (range.first <= port && port <= range.last) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.join(", ", ranges.stream().map(Range::toString).toList());
    }
}
