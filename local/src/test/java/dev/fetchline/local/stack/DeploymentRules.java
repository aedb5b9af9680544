package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a new version comes into use.
final class DeploymentRules {
    private DeploymentRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("a gradual deployment is asked for", DeploymentRules::optIn),
                new TemplateRule("the new version is what is checked, before the alias moves", DeploymentRules::check),
                new TemplateRule(
                        "the check waits for a slow version, and answers all the same", DeploymentRules::patience),
                new TemplateRule(
                        "a deployment is taken back by the new version's errors alone", DeploymentRules::alarm),
                new TemplateRule(
                        "what only gradual deployments need is not made without", DeploymentRules::conditional));
    }

    private static void optIn(CheckedTemplate template) {
        assertThat(plain(value(preference(template), "Enabled"))).isEqualTo("GradualDeployment");
        assertThat(plain(value(preference(template), "Type"))).isEqualTo("GradualDeploymentType");
        assertThat(template.parameter("GradualDeployment")).containsEntry("Default", "false");
        // Without one SAM makes its own, which may change every alias of the account.
        assertThat(plain(value(preference(template), "Role"))).isEqualTo("DeploymentRole.Arn");
    }

    private static void check(CheckedTemplate template) {
        assertThat(plain(value(preference(template), "Hooks", "PreTraffic"))).isEqualTo("NewVersionCheck");
        assertThat(plain(value(template.properties("NewVersionCheck"), "Environment", "Variables", "NEW_VERSION")))
                .isEqualTo("FetchFunction.Version");
        assertThat(code(template)).contains("os.environ[\"NEW_VERSION\"]").contains("{\"Records\": []}");
    }

    /// Killed before it answers, the check would keep CodeDeploy waiting for an hour.
    private static void patience(CheckedTemplate template) {
        long functionSeconds = template.stacks().getFirst().function().timeout().toSeconds();
        int readSeconds = numberIn(code(template), "read_timeout=(\\d+)");
        int tries = numberIn(code(template), "\"total_max_attempts\": (\\d+)");
        assertThat(readSeconds).isGreaterThanOrEqualTo((int) functionSeconds + 10); // Lambda's time for a start
        assertThat((int) value(template.properties("NewVersionCheck"), "Timeout"))
                .isGreaterThan(readSeconds * tries + 20)
                .isLessThanOrEqualTo(900);
    }

    /// An alarm of the whole function may be on already when the repair is deployed.
    private static void alarm(CheckedTemplate template) {
        assertThat(list(value(preference(template), "Alarms")))
                .extracting(CheckedTemplate::plain)
                .containsExactly("NewVersionErrorsAlarm");
        assertThat(list(template.properties("NewVersionErrorsAlarm").get("Dimensions")))
                .extracting(dimension -> value(dimension, "Name") + "=" + plain(value(dimension, "Value")))
                .containsExactly(
                        "FunctionName=FetchFunction",
                        "Resource=${FetchFunction}:live",
                        "ExecutedVersion=FetchFunction.Version.Version");
        assertThat(template.properties("FetchFunction")).containsEntry("AutoPublishAlias", "live");
    }

    private static void conditional(CheckedTemplate template) {
        assertThat(Stream.of(
                        "NewVersionCheck",
                        "NewVersionCheckRole",
                        "NewVersionCheckLogGroup",
                        "NewVersionErrorsAlarm",
                        "DeploymentRole"))
                .allSatisfy(id -> assertThat(template.resource(id)).containsEntry("Condition", "IsGradual"));
    }

    private static Object preference(CheckedTemplate template) {
        Object preference = template.properties("FetchFunction").get("DeploymentPreference");
        assertThat(preference).isNotNull();
        return preference;
    }

    private static String code(CheckedTemplate template) {
        return plain(template.properties("NewVersionCheck").get("InlineCode"));
    }

    private static int numberIn(String code, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(code);
        assertThat(found.find()).as(pattern).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
