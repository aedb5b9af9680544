package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The deployed template's numbers and rules, which no linter knows.
class TemplateRulesTest {
    private static final CheckedTemplate TEMPLATE = CheckedTemplate.ofTheProject();

    static List<TemplateRule> rules() {
        return TemplateRule.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_template_keeps_each_rule(TemplateRule rule) throws Exception {
        rule.check().holdsFor(TEMPLATE);
    }

    /// The ranges are what the rules are also held at; without them they would look at the defaults three times.
    @Test
    void the_ends_of_the_ranges_differ() {
        assertThat(TEMPLATE.stacks().stream().map(stack -> stack.mapping().batchSize()))
                .doesNotHaveDuplicates()
                .hasSize(3);
    }
}
