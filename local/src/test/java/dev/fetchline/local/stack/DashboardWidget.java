package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A widget of the dashboard that shows metrics, with CloudWatch's shorthand written out: `.` for the same as above,
/// `...` for all of it.
///
/// @param axis the left axis's label
/// @param expressions of metric math
record DashboardWidget(String title, String axis, List<Metric> metrics, List<String> expressions) {
    /// A metric on it. References of the template are by name.
    ///
    /// @param id for expressions; null without
    record Metric(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String statistic,
            boolean visible,
            @Nullable String id,
            boolean onTheRight) {}

    static List<Object> widgets(CheckedTemplate template) {
        return list(value(EmittedMetrics.json(body(template)), "widgets"));
    }

    /// The whole text, with names in place of references.
    static String body(CheckedTemplate template) {
        Object body = value(template.properties("Dashboard"), "DashboardBody", "Fn::Sub");
        return String.valueOf(body).replaceAll("\\$\\{([A-Za-z:.]+)}", "$1");
    }

    static List<DashboardWidget> withMetrics(CheckedTemplate template) {
        return widgets(template).stream()
                .filter(widget -> "metric".equals(value(widget, "type")))
                .map(widget -> read(value(widget, "properties")))
                .toList();
    }

    private static DashboardWidget read(@Nullable Object properties) {
        List<Metric> metrics = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        List<String> above = List.of();
        for (Object row : list(value(properties, "metrics"))) {
            List<Object> cells = list(row);
            Map<?, ?> options = cells.getLast() instanceof Map<?, ?> map ? map : Map.of();
            if (options.containsKey("expression")) {
                expressions.add(String.valueOf(options.get("expression")));
                continue;
            }
            above = writtenOut(
                    cells.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList(),
                    above);
            metrics.add(metric(above, options, properties));
        }
        return new DashboardWidget(
                String.valueOf(value(properties, "title")),
                String.valueOf(value(properties, "yAxis", "left", "label")),
                metrics,
                expressions);
    }

    private static List<String> writtenOut(List<String> cells, List<String> above) {
        if (cells.equals(List.of("..."))) {
            return above;
        }
        List<String> whole = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            whole.add(cells.get(i).equals(".") ? above.get(i) : cells.get(i));
        }
        return whole;
    }

    private static Metric metric(List<String> cells, Map<?, ?> options, @Nullable Object properties) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 2; i + 1 < cells.size(); i += 2) {
            dimensions.put(cells.get(i), cells.get(i + 1));
        }
        Object statistic = options.containsKey("stat") ? options.get("stat") : value(properties, "stat");
        return new Metric(
                cells.get(0),
                cells.get(1),
                dimensions,
                String.valueOf(statistic),
                !Boolean.FALSE.equals(options.get("visible")),
                options.get("id") == null ? null : String.valueOf(options.get("id")),
                "right".equals(options.get("yAxis")));
    }
}
