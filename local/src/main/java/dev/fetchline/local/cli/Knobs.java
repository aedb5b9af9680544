package dev.fetchline.local.cli;

import dev.fetchline.pipeline.FetchSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The function's environment variables, as `--set` gives them.
final class Knobs {
    /// What may be fetched from unless configured.
    static final String DEFAULT_PORTS = "80,443,8080,8443";

    private static final String PREFIX = "FETCH_";

    private Knobs() {}

    /// Reads `NAME=value` texts; the map can be added to.
    ///
    /// @throws CliException that names the text and what was expected
    static Map<String, String> parse(List<String> assignments) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw CliException.usage("--set %s: expected NAME=VALUE, such as FETCH_ATTEMPTS_MAX=2."
                        .formatted(PrintableText.of(assignment)));
            }
            String name = assignment.substring(0, equals);
            List<String> known = names();
            if (!known.contains(name)) {
                throw CliException.usage("--set %s: no such knob; known are %s."
                        .formatted(PrintableText.of(name), String.join(", ", known)));
            }
            if (environment.put(name, assignment.substring(equals + 1)) != null) {
                throw CliException.usage("--set %s is given twice.".formatted(name));
            }
        }
        return environment;
    }

    /// Lets the function's own reader look at the values: it would find the same fault, after everything has started.
    ///
    /// @throws CliException that names the variable, its value and what was expected
    static Map<String, String> checked(Map<String, String> environment) {
        Map<String, String> whole = new LinkedHashMap<>(environment);
        whole.put("RESULTS_TABLE", "checked-later");
        whole.put("SOURCE_QUEUE_URL", "http://127.0.0.1/queue");
        whole.put("DEAD_LETTER_QUEUE_URL", "http://127.0.0.1/dead-letters");
        try {
            FetchSettings.fromEnvironment(whole);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("%s.".formatted(PrintableText.of(String.valueOf(e.getMessage()))));
        }
        return environment;
    }

    /// The variables that a user may set; the others are the stack's.
    private static List<String> names() {
        return FetchSettings.environmentNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .toList();
    }
}
