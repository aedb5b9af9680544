package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pipeline.FetchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the function is, and how the queue feeds it.
final class FunctionRules {
    private FunctionRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("failed messages are reported one by one", FunctionRules::reports),
                new TemplateRule("invocations at the same time are limited", FunctionRules::concurrency),
                new TemplateRule("the function may feed its own queue", FunctionRules::loop),
                new TemplateRule(
                        "snapshots are off by default and of versions that the queue feeds", FunctionRules::snap),
                new TemplateRule("the compiler is the same with snapshots and without", FunctionRules::compiler),
                new TemplateRule("the function connects over IPv4 only", FunctionRules::ipv4),
                new TemplateRule("every environment name is known on both sides", FunctionRules::environment),
                new TemplateRule("every function that is built has a makefile target", FunctionRules::makefile),
                new TemplateRule("invocations can be traced", FunctionRules::tracing));
    }

    private static void reports(CheckedTemplate template) {
        assertThat(template.stack(Map.of()).mapping().reportsFailures()).isTrue();
    }

    private static void concurrency(CheckedTemplate template) {
        assertThat(CheckedTemplate.plain(CheckedTemplate.value(
                        template.properties("FetchFunction"),
                        "Events",
                        "Messages",
                        "Properties",
                        "ScalingConfig",
                        "MaximumConcurrency")))
                .isEqualTo("MaximumConcurrency");
    }

    private static void loop(CheckedTemplate template) {
        assertThat(template.properties("FetchFunction")).containsEntry("RecursiveLoop", "Allow");
    }

    private static void snap(CheckedTemplate template) {
        assertThat(template.stack(Map.of()).function().snapStart()).isFalse();
        assertThat(template.stack(Map.of("SnapStart", "PublishedVersions"))
                        .function()
                        .snapStart())
                .isTrue();
        assertThat(template.properties("FetchFunction")).containsEntry("AutoPublishAlias", "live");
    }

    /// Lambda compiles further with SnapStart, and the first event after a restore would pay for it.
    private static void compiler(CheckedTemplate template) {
        assertThat(template.stack(Map.of()).function().environment().get("JAVA_TOOL_OPTIONS"))
                .contains("-XX:TieredStopAtLevel=1");
    }

    /// docs/security.md and the README say that the function connects over IPv4 only.
    private static void ipv4(CheckedTemplate template) {
        assertThat(template.stack(Map.of()).function().environment().get("JAVA_TOOL_OPTIONS"))
                .contains("-Djava.net.preferIPv4Stack=true");
    }

    private static void environment(CheckedTemplate template) {
        Set<String> declared =
                new TreeSet<>(template.stack(Map.of()).function().environment().keySet());
        declared.remove("JAVA_TOOL_OPTIONS"); // the JVM's
        Set<String> read = FetchSettings.environmentNames().stream()
                .filter(name -> !name.startsWith("AWS_")) // Lambda's
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(declared).isEqualTo(read);
    }

    private static void makefile(CheckedTemplate template) throws IOException {
        List<String> makefile = Files.readAllLines(CheckedTemplate.ROOT.resolve("Makefile"));
        assertThat(template.ids("AWS::Serverless::Function")).contains("FetchFunction");
        for (String id : template.ids("AWS::Serverless::Function")) {
            Map<String, @Nullable Object> function = template.resource(id);
            if (CheckedTemplate.value(function, "Properties", "InlineCode") == null) {
                assertThat(CheckedTemplate.at(function, "Metadata")).containsEntry("BuildMethod", "makefile");
                assertThat(makefile).contains("build-" + id + ":");
            }
        }
    }

    private static void tracing(CheckedTemplate template) {
        assertThat(CheckedTemplate.plain(template.properties("FetchFunction").get("Tracing")))
                .isEqualTo("Tracing");
        assertThat(template.parameter("Tracing")).containsEntry("Default", "Active");
    }
}
