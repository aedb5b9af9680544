package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateParametersTest {
    private static Map<String, @Nullable Object> declared() {
        Map<String, @Nullable Object> declared = new LinkedHashMap<>();
        declared.put("Size", Map.of("Type", "Number", "Default", 100, "MinValue", 1, "MaxValue", 1000));
        declared.put("Least", Map.of("Type", "Number", "Default", 3, "MinValue", 2));
        declared.put("Kind", Map.of("Type", "String", "Default", "text", "AllowedValues", List.of("text", "none")));
        declared.put(
                "Ports",
                Map.of(
                        "Type",
                        "String",
                        "Default",
                        "80",
                        "AllowedPattern",
                        "[0-9,]+",
                        "ConstraintDescription",
                        "port numbers"));
        declared.put("Free", Map.of("Type", "String", "Default", ""));
        return declared;
    }

    @Test
    void defaults_stand_where_nothing_is_given() {
        assertThat(TemplateParameters.resolve(declared(), Map.of("Size", "7")))
                .containsExactly(
                        Map.entry("Size", "7"),
                        Map.entry("Least", "3"),
                        Map.entry("Kind", "text"),
                        Map.entry("Ports", "80"),
                        Map.entry("Free", ""));
    }

    @Test
    void one_environment_at_a_time_works_here_though_not_on_aws() {
        Map<String, @Nullable Object> declared =
                Map.of("MaximumConcurrency", Map.of("Type", "Number", "Default", 5, "MinValue", 2, "MaxValue", 120));
        assertThat(TemplateParameters.resolve(declared, Map.of("MaximumConcurrency", "1")))
                .containsEntry("MaximumConcurrency", "1");
        assertThatThrownBy(() -> TemplateParameters.resolve(declared, Map.of("MaximumConcurrency", "0")))
                .hasMessage("The template's parameter MaximumConcurrency is '0'; it must be from 1 to 120.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Size  | 0    | The template's parameter Size is '0'; it must be from 1 to 1000.
                    Size  | 1001 | The template's parameter Size is '1001'; it must be from 1 to 1000.
                    Size  | many | The template's parameter Size is 'many'; it must be a whole number.
                    Least | 1    | The template's parameter Least is '1'; it must be at least 2.
                    Kind  | all  | The template's parameter Kind is 'all'; it must be one of text, none.
                    Ports | http | The template's parameter Ports is 'http'; it must be port numbers.
                    Sise  | 7    | The template has no parameter Sise; it has Size, Least, Kind, Ports, Free.
                    """)
    void a_value_outside_its_rules_is_refused_in_one_sentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> TemplateParameters.resolve(declared(), Map.of(name, value)))
                .isInstanceOf(LocalStackException.class)
                .hasMessage(sentence);
    }

    @Test
    void a_parameter_without_default_needs_a_value() {
        Map<String, @Nullable Object> declared = new LinkedHashMap<>();
        declared.put("Name", Map.of("Type", "String"));
        assertThatThrownBy(() -> TemplateParameters.resolve(declared, Map.of()))
                .hasMessage("The template's parameter Name has no default and no value.");
    }
}
