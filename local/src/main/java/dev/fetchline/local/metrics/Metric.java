package dev.fetchline.local.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The metrics of the function's summary line. This is the only place of the local side that names them; a test holds
/// names, units, namespace and dimension equal to the line that the function writes, and others hold dashboard and
/// alarms to the same line.
public enum Metric {
    MESSAGES("Messages", Unit.COUNT),
    URLS("Urls", Unit.COUNT),
    OK("Ok", Unit.COUNT),
    HTTP_ERROR("HttpError", Unit.COUNT),
    FAILED("Failed", Unit.COUNT),
    REFUSED("Refused", Unit.COUNT),
    INVALID("Invalid", Unit.COUNT),
    EXPIRED_UNTRIED("ExpiredUntried", Unit.COUNT),
    RECORDED_BEFORE("RecordedBefore", Unit.COUNT),
    DEFERRED("Deferred", Unit.COUNT),
    RETRYING_NOT_WRITTEN("RetryingNotWritten", Unit.COUNT),
    UNFINISHED("Unfinished", Unit.COUNT),
    RETRIES("Retries", Unit.COUNT),
    BODY_BYTES("BodyBytes", Unit.BYTES),
    DUPLICATES("Duplicates", Unit.COUNT),
    DUPLICATES_WITH_OTHER_OPTIONS("DuplicatesWithOtherOptions", Unit.COUNT),
    QUARANTINED("Quarantined", Unit.COUNT),
    REPORTED_BACK("ReportedBack", Unit.COUNT),
    INVOCATION_DURATION("InvocationDuration", Unit.MILLISECONDS),
    FETCH_DURATION("FetchDuration", Unit.MILLISECONDS);

    /// CloudWatch's namespace of all of them.
    public static final String NAMESPACE = "Fetchline";

    /// The only dimension; its value is the function's name.
    public static final String DIMENSION = "FunctionName";

    private static final Map<String, Metric> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Metric::metricName, Function.identity()));

    private final String metricName;
    private final Unit unit;

    Metric(String metricName, Unit unit) {
        this.metricName = metricName;
        this.unit = unit;
    }

    /// What one value is of.
    public enum Unit {
        COUNT("Count"),
        BYTES("Bytes"),
        MILLISECONDS("Milliseconds");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /// As CloudWatch spells it.
        public String text() {
            return text;
        }
    }

    /// As the function, the dashboard and the alarms spell it.
    public String metricName() {
        return metricName;
    }

    /// The unit of its values.
    public Unit unit() {
        return unit;
    }

    /// The metric of this name; null if the function has none.
    static @Nullable Metric named(String name) {
        return BY_NAME.get(name);
    }
}
