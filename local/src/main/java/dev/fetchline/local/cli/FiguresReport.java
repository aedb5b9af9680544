package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.cost.CostException;
import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.metrics.CostEstimate;
import dev.fetchline.local.metrics.FiguresText;
import dev.fetchline.local.metrics.FunctionFigures;
import dev.fetchline.local.metrics.Metric;
import dev.fetchline.local.metrics.MetricTotals;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.table.ItemSize;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the function says of itself, as the dashboard of a deployed stack would show it.
final class FiguresReport {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double UNIT_BYTES = 1024;
    private static final List<Integer> PERCENTILES = List.of(50, 95, 99);

    private final FunctionFigures figures;
    private final Prices prices;
    private final int memoryMb;
    private volatile double unitsARecord = 1;

    private FiguresReport(FunctionFigures figures, Prices prices, int memoryMb) {
        this.figures = figures;
        this.prices = prices;
        this.memoryMb = memoryMb;
    }

    /// @throws CliException if there are no prices to estimate with
    static FiguresReport of(LocalStack stack, Home home) {
        try {
            return new FiguresReport(
                    new FunctionFigures(stack.functionLog()), Prices.read(home.prices()), stack.functionMemoryMb());
        } catch (CostException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    /// Takes in what the function wrote since the last look.
    FiguresReport read() {
        figures.read();
        return this;
    }

    /// Invocations that ended so far.
    long invocations() {
        return figures.all().invocations();
    }

    /// Takes the mean size of these records, all of the table's or some, for what a write costs.
    FiguresReport measure(Collection<Map<String, AttributeValue>> records) {
        unitsARecord = records.stream()
                .mapToDouble(item -> Math.ceil(ItemSize.of(item) / UNIT_BYTES))
                .average()
                .orElse(unitsARecord);
        return this;
    }

    /// One sentence on what came since the last one; empty if no invocation ended.
    String recently() {
        MetricTotals recent = figures.takeRecent();
        return recent.invocations() == 0 ? "" : FiguresText.line(recent) + ".";
    }

    /// The whole summary; nothing if no invocation ended.
    void say(StandardStreams streams) {
        MetricTotals all = figures.all();
        if (all.invocations() == 0) {
            return;
        }
        streams.say("what the dashboard would show, in %.1f s of %,d invocations:"
                .formatted(all.span().toMillis() / 1000.0, all.invocations()));
        streams.sayBelow(FiguresText.lines(all, cost(all)));
        if (figures.unreadable() > 0) {
            streams.say("%d lines of the function's figures could not be read.".formatted(figures.unreadable()));
        }
    }

    /// The same for programs: sums and percentiles by the names of the metrics.
    String json() {
        MetricTotals all = figures.all();
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("invocations", all.invocations());
            json.writeNumberField("seconds", all.span().toMillis() / 1000.0);
            for (Metric metric : Metric.values()) {
                if (metric.unit() == Metric.Unit.MILLISECONDS) {
                    json.writeObjectFieldStart(metric.metricName());
                    for (int percent : PERCENTILES) {
                        json.writeNumberField("p" + percent, all.percentileMillis(metric, percent));
                    }
                    json.writeEndObject();
                } else {
                    json.writeNumberField(metric.metricName(), all.sum(metric));
                }
            }
            json.writeNumberField("estimatedUsd", cost(all).total());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private CostEstimate cost(MetricTotals all) {
        return CostEstimate.of(CostEstimate.Usage.of(all, unitsARecord, memoryMb, figures.logBytes()), prices);
    }
}
