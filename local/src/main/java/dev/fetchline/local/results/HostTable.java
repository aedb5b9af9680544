package dev.fetchline.local.results;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.UrlHost;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The figures of each host of a batch. They are kept for so many hosts only: what comes after is added up in one row,
/// so that memory is bounded whatever a batch names.
public final class HostTable {
    /// About a kilobyte each.
    public static final int HOSTS_MAX = 20_000;

    /// The attributes of the table that figures are made from.
    public static final Set<String> ATTRIBUTES =
            Set.of("url", "status", "httpStatus", "attempts", "bodyBytes", "durationMs");

    /// What has no host: an item that is no URL.
    public static final String NO_HOST = "(no URL)";

    private final int hostsMax;
    private final Map<String, HostFigures> hosts = new HashMap<>();
    private @Nullable HostFigures others;

    /// @param hostsMax hosts with figures of their own
    public HostTable(int hostsMax) {
        this.hostsMax = hostsMax;
    }

    /// One host's row.
    public record Row(String host, HostFigures figures) {}

    /// What rows are sorted by: the most first, but the smallest share of OK.
    public enum Order {
        URLS("urls"),
        OK("ok"),
        P95("p95"),
        RETRIES("retries"),
        TOO_MANY("429"),
        BYTES("bytes"),
        REFUSED("refused");

        private final String label;

        Order(String label) {
            this.label = label;
        }

        private Comparator<HostFigures> comparator() {
            Comparator<HostFigures> ascending = Comparator.comparingDouble(this::valueOf);
            return this == OK ? ascending : ascending.reversed();
        }

        /// As a person names it.
        public String label() {
            return label;
        }

        /// What a bar shows of a row.
        public double valueOf(HostFigures figures) {
            return switch (this) {
                case URLS -> figures.urls();
                case OK -> figures.okShare();
                case P95 -> figures.percentileMs(95);
                case RETRIES -> figures.retries();
                case TOO_MANY -> figures.tooMany();
                case BYTES -> figures.bytes();
                case REFUSED -> figures.refused();
            };
        }
    }

    /// Counts a record.
    public void add(FetchRecord fetched) {
        String host = UrlHost.of(fetched.url());
        figuresOf(host == null ? NO_HOST : host).add(fetched);
    }

    private HostFigures figuresOf(String host) {
        HostFigures known = hosts.get(host);
        if (known != null) {
            return known;
        }
        if (hosts.size() < hostsMax) {
            HostFigures fresh = new HostFigures();
            hosts.put(host, fresh);
            return fresh;
        }
        HostFigures rest = others;
        if (rest == null) {
            rest = new HostFigures();
            others = rest;
        }
        return rest;
    }

    /// The rows of all hosts with figures of their own.
    public List<Row> rows(Order order) {
        return hosts.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Row::figures, order.comparator())
                        .thenComparing(Row::figures, Order.URLS.comparator())
                        .thenComparing(Row::host))
                .toList();
    }

    /// The row of all other hosts together; null where there are none.
    public @Nullable Row others() {
        HostFigures rest = others;
        return rest == null ? null : new Row("(other hosts)", rest);
    }
}
