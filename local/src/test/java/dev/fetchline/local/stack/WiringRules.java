package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.at;
import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What refers to what. A reference to the wrong thing is as good to every linter as one to the right thing.
final class WiringRules {
    private static final Map<String, String> TRUSTED = Map.of(
            "FetchRole", "lambda.amazonaws.com",
            "NewVersionCheckRole", "lambda.amazonaws.com",
            "DeploymentRole", "codedeploy.amazonaws.com");

    private static final Map<String, String> CONDITIONS = Map.of(
            "HasAlarmTopic", "Not[Equals[AlarmTopicArn, ]]",
            "HasSenders", "Not[Equals[SenderArns, ]]",
            "IsGradual", "Equals[GradualDeployment, true]",
            "InVpc", "Not[Equals[VpcSubnetIds, ]]",
            "OwnSecurityGroups", "Not[Equals[VpcSecurityGroupIds, ]]",
            "MakesSecurityGroup", "And[InVpc, Not[OwnSecurityGroups]]");

    /// What is refused, in the same short form: when, and what must be then.
    private static final Map<String, String> REFUSALS = Map.of(
            "SubnetsHaveTheirVpc",
            "Not[Equals[VpcSubnetIds, ]]: Or[Not[Equals[VpcId, ]], Not[Equals[VpcSecurityGroupIds, ]]]",
            "VpcHasSubnets",
            "Or[Not[Equals[VpcId, ]], Not[Equals[VpcSecurityGroupIds, ]]]: Not[Equals[VpcSubnetIds, ]]");

    private static final Map<String, String> OUTPUTS = Map.ofEntries(
            Map.entry("QueueUrl", "FetchQueue"),
            Map.entry("QueueArn", "FetchQueue.Arn"),
            Map.entry("DeadLetterQueueUrl", "FetchDeadLetterQueue"),
            Map.entry("DeadLetterQueueArn", "FetchDeadLetterQueue.Arn"),
            Map.entry("TableName", "ResultsTable"),
            Map.entry("TableArn", "ResultsTable.Arn"),
            Map.entry("FunctionName", "FetchFunction"),
            Map.entry("FunctionAlias", "FetchFunction.Alias"),
            Map.entry("EventSourceMappingId", "FetchFunctionMessages"),
            Map.entry("LogGroupName", "FetchLogGroup"),
            Map.entry("SecurityGroupId", "FetchSecurityGroup.GroupId"));

    private WiringRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("each role is for one service", WiringRules::trust),
                new TemplateRule("the function is told of its own queues and table", WiringRules::told),
                new TemplateRule("the queue feeds the function as the parameters say", WiringRules::mapping),
                new TemplateRule("conditions ask for what they are named after", WiringRules::conditions),
                new TemplateRule("each half of a VPC is refused without the other", WiringRules::refusals),
                new TemplateRule("the function runs in the subnets and groups that were given", WiringRules::vpc),
                new TemplateRule("each output gives what it is named after", WiringRules::outputs));
    }

    private static void trust(CheckedTemplate template) {
        assertThat(template.ids("AWS::IAM::Role")).containsExactlyInAnyOrderElementsOf(TRUSTED.keySet());
        TRUSTED.forEach((role, service) -> assertThat(
                        value(template.properties(role), "AssumeRolePolicyDocument", "Statement"))
                .as(role)
                .isEqualTo(List.of(Map.of(
                        "Effect", "Allow", "Principal", Map.of("Service", service), "Action", "sts:AssumeRole"))));
    }

    private static void told(CheckedTemplate template) {
        assertThat(at(at(template.properties("FetchFunction"), "Environment"), "Variables"))
                .containsEntry("RESULTS_TABLE", Map.of("Ref", "ResultsTable"))
                .containsEntry("SOURCE_QUEUE_URL", Map.of("Ref", "FetchQueue"))
                .containsEntry("DEAD_LETTER_QUEUE_URL", Map.of("Ref", "FetchDeadLetterQueue"));
    }

    private static void mapping(CheckedTemplate template) {
        assertThat(at(at(at(template.properties("FetchFunction"), "Events"), "Messages"), "Properties"))
                .containsEntry("Queue", Map.of("Fn::GetAtt", "FetchQueue.Arn"))
                .containsEntry("BatchSize", Map.of("Ref", "BatchSize"))
                .containsEntry("MaximumBatchingWindowInSeconds", Map.of("Ref", "BatchWindowSeconds"))
                .containsEntry("ScalingConfig", Map.of("MaximumConcurrency", Map.of("Ref", "MaximumConcurrency")))
                .doesNotContainKeys("Enabled", "FilterCriteria");
    }

    private static void conditions(CheckedTemplate template) {
        assertThat(at(template.document(), "Conditions").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> brief(each.getValue()))))
                .containsAllEntriesOf(CONDITIONS);
    }

    private static void refusals(CheckedTemplate template) {
        Map<String, @Nullable Object> rules = at(template.document(), "Rules");
        assertThat(rules.keySet().stream()
                        .collect(Collectors.toMap(
                                name -> name,
                                name -> brief(at(rules, name).get("RuleCondition")) + ": "
                                        + list(at(rules, name).get("Assertions")).stream()
                                                .map(each -> brief(value(each, "Assert")))
                                                .collect(Collectors.joining("; ")))))
                .isEqualTo(REFUSALS);
    }

    private static void vpc(CheckedTemplate template) {
        Object choice = value(template.properties("FetchFunction").get("VpcConfig"), "Fn::If");
        assertThat(brief(choice))
                .isEqualTo("[InVpc, {SubnetIds=Split[,, VpcSubnetIds], SecurityGroupIds=If[OwnSecurityGroups,"
                        + " Split[,, VpcSecurityGroupIds], [FetchSecurityGroup.GroupId]]}, AWS::NoValue]");
        assertThat(plain(template.properties("FetchSecurityGroup").get("VpcId")))
                .isEqualTo("VpcId");
        assertThat(template.resource("FetchSecurityGroup")).containsEntry("Condition", "MakesSecurityGroup");
    }

    private static void outputs(CheckedTemplate template) {
        Map<String, @Nullable Object> outputs = at(template.document(), "Outputs");
        assertThat(outputs.keySet().stream()
                        .collect(Collectors.toMap(
                                name -> name, name -> plain(at(outputs, name).get("Value")))))
                .containsAllEntriesOf(OUTPUTS)
                .hasEntrySatisfying("DashboardUrl", url -> assertThat(url).endsWith("#dashboards:name=${Dashboard}"));
        assertThat(at(outputs, "SecurityGroupId")).containsEntry("Condition", "MakesSecurityGroup");
    }

    /// `!Not [!Equals [!Ref X, ""]]` as `Not[Equals[X, ]]`.
    private static String brief(@Nullable Object node) {
        return switch (node) {
            case Map<?, ?> call
            when call.size() == 1 -> {
                String name = String.valueOf(call.keySet().iterator().next());
                Object argument = call.values().iterator().next();
                yield switch (name) {
                    case "Ref", "Condition", "Fn::GetAtt" -> String.valueOf(argument);
                    default -> name.replaceFirst("^Fn::", "") + brief(argument);
                };
            }
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(each -> each.getKey() + "=" + brief(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(WiringRules::brief).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> String.valueOf(node);
        };
    }
}
