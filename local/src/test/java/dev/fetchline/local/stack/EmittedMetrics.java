package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.value;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.testing.ManualTime;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a summary line of the function declares as metrics: the very line, written by the function's own code.
///
/// @param units by metric name
record EmittedMetrics(String namespace, List<Object> dimensions, Map<String, String> units) {
    static final EmittedMetrics OF_THE_FUNCTION = read();

    private static EmittedMetrics read() {
        Object directive =
                list(value(json(summaryLine()), "_aws", "CloudWatchMetrics")).getFirst();
        Map<String, String> units = new LinkedHashMap<>();
        list(value(directive, "Metrics"))
                .forEach(metric ->
                        units.put(String.valueOf(value(metric, "Name")), String.valueOf(value(metric, "Unit"))));
        return new EmittedMetrics(
                String.valueOf(value(directive, "Namespace")),
                list(list(value(directive, "Dimensions")).getFirst()),
                units);
    }

    /// JSON is YAML.
    static @Nullable Object json(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /// One URL was fetched, so that every metric has a value.
    private static String summaryLine() {
        return line(
                new BatchVerdict(
                        1,
                        List.of(new Settled(
                                new RecordKey("b", "http://example.com/"),
                                Set.of("m"),
                                new Settled.Ending.Recorded(RecordStatus.OK, Duration.ofMillis(5), 1, 1, 100, false))),
                        List.of(),
                        List.of(),
                        Set.of(),
                        0,
                        0),
                Duration.ofMillis(9),
                new ManualTime());
    }

    /// The summary line of this verdict, at the end of an invocation that took so long.
    static String line(BatchVerdict verdict, Duration took, ManualTime time) {
        List<String> lines = new ArrayList<>();
        Path classes = Path.of("..", "functions", "fetch", "target", "classes");
        // The function is no dependency of this module: it is packaged, never on a class path beside it.
        try (URLClassLoader function =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, EmittedMetrics.class.getClassLoader())) {
            Class<?> log = Class.forName("dev.fetchline.lambda.InvocationLog", true, function);
            Constructor<?> make = log.getDeclaredConstructor(Consumer.class, Time.class, boolean.class);
            make.setAccessible(true);
            Method write = log.getDeclaredMethod("write", Context.class, BatchVerdict.class, Duration.class);
            write.setAccessible(true);
            Consumer<String> toLines = lines::add;
            write.invoke(make.newInstance(toLines, time, false), context(), verdict, took);
        } catch (Exception e) {
            throw new IllegalStateException("the function's summary line could not be written", e);
        }
        return lines.getLast();
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> method.getReturnType() == String.class ? method.getName() : null);
    }
}
