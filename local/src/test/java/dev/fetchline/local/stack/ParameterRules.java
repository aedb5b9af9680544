package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.at;
import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person who deploys reads: parameters, their limits, outputs.
final class ParameterRules {
    private ParameterRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("every parameter says what it is", ParameterRules::described),
                new TemplateRule("every parameter is in one group", ParameterRules::grouped),
                new TemplateRule("every limit is told in words when it is broken", ParameterRules::constraints),
                new TemplateRule("every parameter and output is in the README", ParameterRules::inReadme),
                new TemplateRule("every default and range is that of the README", ParameterRules::documented),
                new TemplateRule("every output says what it is", ParameterRules::outputs),
                new TemplateRule(
                        "a second stack fits beside it: nothing has a name of its own", ParameterRules::unnamed),
                new TemplateRule("half a VPC is refused with a sentence", ParameterRules::vpc));
    }

    private static void described(CheckedTemplate template) {
        template.parameters()
                .keySet()
                .forEach(name -> assertThat(template.parameter(name).get("Description"))
                        .asString()
                        .as(name)
                        .endsWith("."));
    }

    private static void grouped(CheckedTemplate template) {
        List<Object> grouped =
                list(value(template.document(), "Metadata", "AWS::CloudFormation::Interface", "ParameterGroups"))
                        .stream()
                        .flatMap(group -> list(value(group, "Parameters")).stream())
                        .toList();
        assertThat(grouped)
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(template.parameters().keySet()));
    }

    private static void constraints(CheckedTemplate template) {
        template.parameters().keySet().forEach(name -> {
            var rules = template.parameter(name);
            Object sentence = rules.get("ConstraintDescription");
            if (rules.containsKey("MinValue")) {
                assertThat(sentence)
                        .as(name)
                        .isEqualTo("a whole number from " + number(rules.get("MinValue")) + " to "
                                + number(rules.get("MaxValue")));
            }
            if (rules.containsKey("AllowedPattern")) {
                assertThat(sentence).as(name).isInstanceOf(String.class);
            }
        });
    }

    private static String number(@Nullable Object value) {
        return String.format(Locale.ROOT, "%,d", (Integer) value);
    }

    private static void inReadme(CheckedTemplate template) throws IOException {
        String readme = Files.readString(CheckedTemplate.ROOT.resolve("README.md"));
        assertThat(template.parameters().keySet())
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
        assertThat(at(template.document(), "Outputs").keySet())
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    /// Each row of the README's two tables: a setting, its default, its range, its meaning, its parameter; or a
    /// parameter, its default, its range, its meaning.
    private static void documented(CheckedTemplate template) throws IOException {
        List<List<String>> rows = Files.readAllLines(CheckedTemplate.ROOT.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.split(" *\\| *", -1)))
                .toList();
        template.parameters().keySet().forEach(name -> {
            List<String> row = rows.stream()
                    .filter(each -> each.get(1).equals("`" + name + "`")
                            || each.size() > 5 && each.get(5).startsWith("`" + name + "`"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row for " + name));
            var rules = template.parameter(name);
            String wanted = String.valueOf(rules.get("Default"));
            assertThat(row.get(2).replace("`", ""))
                    .as(name)
                    .isIn(
                            wanted.isEmpty()
                                    ? List.of("none", "empty")
                                    : List.of(wanted, "Fetchline/0.1 (+" + wanted + ")"));
            if (rules.containsKey("MinValue")) {
                // A parameter that takes less than its setting says so in brackets.
                String own = row.get(row.size() - 2);
                assertThat(own.matches(".*\\(.* to .*\\)") ? own.replaceFirst(".*\\((.*)\\).*", "$1") : row.get(3))
                        .as(name)
                        .isEqualTo(number(rules.get("MinValue")) + " to " + number(rules.get("MaxValue")));
            }
        });
    }

    private static void outputs(CheckedTemplate template) {
        var outputs = at(template.document(), "Outputs");
        assertThat(outputs)
                .containsKeys(
                        "QueueUrl",
                        "DeadLetterQueueUrl",
                        "TableName",
                        "FunctionName",
                        "FunctionAlias",
                        "EventSourceMappingId",
                        "LogGroupName",
                        "DashboardUrl");
        outputs.keySet()
                .forEach(name -> assertThat(at(outputs, name).get("Description"))
                        .asString()
                        .as(name)
                        .endsWith("."));
    }

    private static void vpc(CheckedTemplate template) {
        var rules = at(template.document(), "Rules");
        assertThat(rules).containsOnlyKeys("SubnetsHaveTheirVpc", "VpcHasSubnets");
        rules.keySet()
                .forEach(name -> assertThat(list(at(rules, name).get("Assertions")))
                        .allSatisfy(assertion -> assertThat(value(assertion, "AssertDescription"))
                                .asString()
                                .endsWith(".")));
        assertThat(template.document().get("Conditions").toString()).contains("MakesSecurityGroup");
    }

    private static void unnamed(CheckedTemplate template) {
        at(template.document(), "Resources")
                .keySet()
                .forEach(id -> assertThat(template.properties(id))
                        .as(id)
                        .doesNotContainKeys(
                                "AlarmName",
                                "DashboardName",
                                "FunctionName",
                                "GroupName",
                                "LogGroupName",
                                "QueueName",
                                "RoleName",
                                "TableName"));
    }
}
