package dev.fetchline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.progress.ProgressTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes what happened, a JSON line each: one summary an invocation, which is also its metrics (CloudWatch Embedded
/// Metric Format), a line for each quarantined message, and at DEBUG a line for each URL.
final class InvocationLog {
    /// Lines for quarantined messages in one invocation, and for odd ones: a batch of ten thousand bad ones has one
    /// fault, not that many.
    private static final int MESSAGE_LINES_MAX = 20;

    private static final int TEXT_CHARS_MAX = 512;
    private static final String NAMESPACE = "Fetchline";

    private final JsonFactory json = new JsonFactory();
    private final Consumer<String> lines;
    private final Time time;
    private final boolean debug;

    InvocationLog(Consumer<String> lines, Time time, boolean debug) {
        this.lines = lines;
        this.time = time;
        this.debug = debug;
    }

    /// Standard output as it is: Lambda's own logger would wrap a line in another, and the metrics in it would not be
    /// found.
    static InvocationLog toStandardOutput(Time time, boolean debug) {
        return new InvocationLog(System.out::println, time, debug);
    }

    void write(Context context, BatchVerdict verdict, Duration took) {
        verdict.quarantined().stream().limit(MESSAGE_LINES_MAX).forEach(one -> quarantined(context, one));
        verdict.remarks().stream().limit(MESSAGE_LINES_MAX).forEach(one -> odd(context, one));
        if (debug) {
            verdict.settled().forEach(one -> settled(context, one));
        }
        summary(context, verdict, InvocationMetrics.of(verdict, took));
    }

    /// What happens outside of any invocation.
    void remark(String level, String event, String detail) {
        line(level, event, out -> out.writeStringField("detail", cut(detail)));
    }

    private void quarantined(Context context, QuarantineResult one) {
        line("WARN", one.accepted() ? "quarantined" : "quarantine refused", context, out -> {
            out.writeStringField("messageId", one.messageId());
            out.writeStringField("reason", cut(one.reason()));
            if (one.refusal() != null) {
                out.writeStringField("refusal", cut(one.refusal()));
            }
        });
    }

    private void odd(Context context, BatchVerdict.Remark one) {
        line("WARN", "odd message", context, out -> {
            out.writeStringField("messageId", one.messageId());
            out.writeStringField("reason", cut(one.reason()));
        });
    }

    private void settled(Context context, Settled one) {
        line("DEBUG", "settled", context, out -> {
            out.writeStringField("batchId", one.key().batchId());
            out.writeStringField("url", cut(one.key().url()));
            switch (one.ending()) {
                case Ending.Recorded recorded -> {
                    out.writeStringField("status", recorded.status().name());
                    out.writeNumberField("durationMs", recorded.took().toMillis());
                    out.writeNumberField("attempts", recorded.tries());
                }
                case Ending.RecordedBefore _ -> out.writeStringField("status", "recorded before");
                case Ending.Deferred deferred -> {
                    out.writeStringField("status", "deferred");
                    out.writeStringField("reason", cut(deferred.reason()));
                }
                case Ending.Unfinished unfinished -> {
                    out.writeStringField("status", "unfinished");
                    out.writeStringField("reason", cut(unfinished.reason()));
                }
            }
        });
    }

    private void summary(Context context, BatchVerdict verdict, InvocationMetrics metrics) {
        line(verdict.reportedBack().isEmpty() ? "INFO" : "WARN", "invocation", context, out -> {
            writeMetricDirective(out, metrics);
            out.writeStringField("FunctionName", context.getFunctionName());
            for (Map.Entry<String, Long> count : metrics.counts().entrySet()) {
                out.writeNumberField(count.getKey(), count.getValue());
            }
            for (Map.Entry<String, List<Long>> sample : metrics.samplesMillis().entrySet()) {
                out.writeArrayFieldStart(sample.getKey());
                for (long value : sample.getValue()) {
                    out.writeNumber(value);
                }
                out.writeEndArray();
            }
            if (!metrics.unfinishedReasons().isEmpty()) {
                out.writeObjectFieldStart("unfinishedReasons");
                for (Map.Entry<String, Long> reason :
                        metrics.unfinishedReasons().entrySet()) {
                    out.writeNumberField(reason.getKey(), reason.getValue());
                }
                out.writeEndObject();
            }
            writeProgressFault(out, verdict.progress());
        });
    }

    /// Only where something is wrong with it: rows of progress are best effort, and their loss is nobody's work.
    private static void writeProgressFault(JsonGenerator out, ProgressTable.Result progress) throws IOException {
        if (progress.reason() != null) {
            out.writeObjectFieldStart("progressNotWritten");
            out.writeNumberField("rows", progress.notWritten());
            out.writeStringField("reason", cut(progress.reason()));
            out.writeEndObject();
        }
    }

    /// What tells CloudWatch which fields are metrics; the function's name is the only dimension.
    private void writeMetricDirective(JsonGenerator out, InvocationMetrics metrics) throws IOException {
        out.writeObjectFieldStart("_aws");
        out.writeNumberField("Timestamp", time.now().toEpochMilli());
        out.writeArrayFieldStart("CloudWatchMetrics");
        out.writeStartObject();
        out.writeStringField("Namespace", NAMESPACE);
        out.writeArrayFieldStart("Dimensions");
        out.writeStartArray();
        out.writeString("FunctionName");
        out.writeEndArray();
        out.writeEndArray();
        out.writeArrayFieldStart("Metrics");
        for (String name : metrics.counts().keySet()) {
            writeMetric(out, name, name.endsWith("Bytes") ? "Bytes" : "Count");
        }
        for (String name : metrics.samplesMillis().keySet()) {
            writeMetric(out, name, "Milliseconds");
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeMetric(JsonGenerator out, String name, String unit) throws IOException {
        out.writeStartObject();
        out.writeStringField("Name", name);
        out.writeStringField("Unit", unit);
        out.writeEndObject();
    }

    private void line(String level, String event, Context context, Fields fields) {
        line(level, event, out -> {
            out.writeStringField("requestId", context.getAwsRequestId());
            fields.write(out);
        });
    }

    private void line(String level, String event, Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("timestamp", time.now().toString());
            out.writeStringField("level", level);
            out.writeStringField("event", event);
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        lines.accept(line.toString());
    }

    static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }
}
