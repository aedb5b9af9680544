package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who may do what, action by action.
final class AccessRules {
    /// Everything that roles allow. Resource `*` stands where the service knows nothing smaller.
    private static final String ALLOWED = """
            DeploymentRole: cloudwatch:DescribeAlarms on *
            DeploymentRole: lambda:GetAlias on FetchFunction.Arn ${FetchFunction.Arn}:*
            DeploymentRole: lambda:GetProvisionedConcurrencyConfig on FetchFunction.Arn ${FetchFunction.Arn}:*
            DeploymentRole: lambda:InvokeFunction on NewVersionCheck.Arn
            DeploymentRole: lambda:UpdateAlias on FetchFunction.Arn ${FetchFunction.Arn}:*
            FetchRole: dynamodb:BatchGetItem on ResultsTable.Arn
            FetchRole: dynamodb:BatchWriteItem on BatchesTable.Arn
            FetchRole: dynamodb:BatchWriteItem on ResultsTable.Arn
            FetchRole: dynamodb:PutItem on ResultsTable.Arn
            FetchRole: ec2:AssignPrivateIpAddresses on * InVpc
            FetchRole: ec2:CreateNetworkInterface on * InVpc
            FetchRole: ec2:DeleteNetworkInterface on * InVpc
            FetchRole: ec2:DescribeNetworkInterfaces on * InVpc
            FetchRole: ec2:DescribeSubnets on * InVpc
            FetchRole: ec2:UnassignPrivateIpAddresses on * InVpc
            FetchRole: logs:CreateLogStream on FetchLogGroup.Arn
            FetchRole: logs:PutLogEvents on FetchLogGroup.Arn
            FetchRole: sqs:ChangeMessageVisibility on FetchQueue.Arn
            FetchRole: sqs:DeleteMessage on FetchQueue.Arn
            FetchRole: sqs:GetQueueAttributes on FetchQueue.Arn
            FetchRole: sqs:ReceiveMessage on FetchQueue.Arn
            FetchRole: sqs:SendMessage on FetchDeadLetterQueue.Arn
            FetchRole: sqs:SendMessage on FetchQueue.Arn
            FetchRole: xray:PutTelemetryRecords on *
            FetchRole: xray:PutTraceSegments on *
            NewVersionCheckRole: codedeploy:PutLifecycleEventHookExecutionStatus on \
            arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${AWS::StackName}-*
            NewVersionCheckRole: lambda:InvokeFunction on ${FetchFunction.Arn}:*
            NewVersionCheckRole: logs:CreateLogStream on NewVersionCheckLogGroup.Arn
            NewVersionCheckRole: logs:PutLogEvents on NewVersionCheckLogGroup.Arn
            """;

    private AccessRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("roles allow these actions on these resources and no more", AccessRules::allowed),
                new TemplateRule("each function has a role of its own, and nothing is added to it", AccessRules::roles),
                new TemplateRule("the code may not do what Lambda may for the VPC", AccessRules::vpcDenied),
                new TemplateRule("both queues are spoken to over TLS only", AccessRules::tls),
                new TemplateRule(
                        "only topics and rules that are named may send without a permission", AccessRules::senders),
                new TemplateRule("queues and tables are encrypted", AccessRules::encrypted),
                new TemplateRule("from a VPC the function gets out to 80 and 443 only", AccessRules::egress));
    }

    private static void allowed(CheckedTemplate template) {
        List<String> found = new ArrayList<>();
        for (String role : template.ids("AWS::IAM::Role")) {
            for (Object policy : list(template.properties(role).get("Policies"))) {
                boolean conditional = value(policy, "Fn::If") != null;
                Object given = conditional ? list(value(policy, "Fn::If")).get(1) : policy;
                String when = conditional ? " " + list(value(policy, "Fn::If")).getFirst() : "";
                for (Object statement : list(value(given, "PolicyDocument", "Statement"))) {
                    if ("Allow".equals(value(statement, "Effect"))) {
                        list(value(statement, "Action"))
                                .forEach(action -> found.add(
                                        role + ": " + action + " on " + plain(value(statement, "Resource")) + when));
                    }
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED.lines().toList());
    }

    private static void roles(CheckedTemplate template) {
        for (String id : template.ids("AWS::Serverless::Function")) {
            assertThat(plain(template.properties(id).get("Role"))).isIn("FetchRole.Arn", "NewVersionCheckRole.Arn");
            assertThat(template.properties(id)).doesNotContainKey("Policies");
        }
        template.ids("AWS::IAM::Role")
                .forEach(role -> assertThat(template.properties(role)).doesNotContainKey("ManagedPolicyArns"));
        assertThat(Stream.of("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")
                        .flatMap(type -> template.ids(type).stream()))
                .isEmpty();
    }

    private static void vpcDenied(CheckedTemplate template) {
        Object inVpc = list(value(
                        list(template.properties("FetchRole").get("Policies")).getLast(), "Fn::If"))
                .get(1);
        assertThat(list(value(inVpc, "PolicyDocument", "Statement"))).anySatisfy(statement -> {
            assertThat(value(statement, "Effect")).isEqualTo("Deny");
            assertThat(value(statement, "Action")).isEqualTo("ec2:*");
            assertThat(value(statement, "Resource")).isEqualTo("*");
            assertThat(value(statement, "Condition", "ArnLike", "lambda:SourceFunctionArn"))
                    .isNotNull();
        });
    }

    private static void tls(CheckedTemplate template) {
        for (String queue : template.ids("AWS::SQS::Queue")) {
            assertThat(statements(template, queue)).as(queue).anySatisfy(statement -> {
                assertThat(value(statement, "Effect")).isEqualTo("Deny");
                assertThat(value(statement, "Principal")).isEqualTo("*");
                assertThat(value(statement, "Action")).isEqualTo("sqs:*");
                assertThat(plain(value(statement, "Resource"))).isEqualTo(queue + ".Arn");
                assertThat(value(statement, "Condition", "Bool", "aws:SecureTransport"))
                        .isEqualTo("false");
            });
        }
    }

    private static void senders(CheckedTemplate template) {
        assertThat(statements(template, "FetchDeadLetterQueue")).hasSize(1);
        List<Object> conditional = statements(template, "FetchQueue").stream()
                .filter(statement -> !"Deny".equals(value(statement, "Effect")))
                .toList();
        assertThat(conditional).hasSize(1);
        List<Object> choice = list(value(conditional.getFirst(), "Fn::If"));
        assertThat(choice.getFirst()).isEqualTo("HasSenders");
        assertThat(value(choice.get(1), "Effect")).isEqualTo("Allow");
        assertThat(value(choice.get(1), "Action")).isEqualTo("sqs:SendMessage");
        assertThat(plain(value(choice.get(1), "Resource"))).isEqualTo("FetchQueue.Arn");
        assertThat(value(choice.get(1), "Principal"))
                .isEqualTo(Map.of("Service", List.of("sns.amazonaws.com", "events.amazonaws.com")));
        assertThat(value(choice.get(1), "Condition", "ArnEquals", "aws:SourceArn"))
                .isEqualTo(Map.of("Fn::Split", List.of(",", Map.of("Ref", "SenderArns"))));
    }

    /// All statements about a queue; a queue can have one policy.
    private static List<Object> statements(CheckedTemplate template, String queue) {
        List<Map<String, @Nullable Object>> policies = template.ids("AWS::SQS::QueuePolicy").stream()
                .map(template::properties)
                .filter(policy -> plain(policy.get("Queues")).equals(queue))
                .toList();
        assertThat(policies).as("policies of " + queue).hasSize(1);
        return list(value(policies.getFirst(), "PolicyDocument", "Statement"));
    }

    private static void encrypted(CheckedTemplate template) {
        template.ids("AWS::SQS::Queue")
                .forEach(queue -> assertThat(template.properties(queue)).containsEntry("SqsManagedSseEnabled", true));
        template.ids("AWS::DynamoDB::Table")
                .forEach(table -> assertThat(value(template.properties(table), "SSESpecification", "SSEEnabled"))
                        .isEqualTo(true));
    }

    private static void egress(CheckedTemplate template) {
        assertThat(list(template.properties("FetchSecurityGroup").get("SecurityGroupEgress")))
                .extracting(rule -> value(rule, "IpProtocol") + " " + value(rule, "FromPort") + "-"
                        + value(rule, "ToPort") + " " + value(rule, "CidrIp"))
                .containsExactly("tcp 80-80 0.0.0.0/0", "tcp 443-443 0.0.0.0/0");
        assertThat(template.properties("FetchSecurityGroup")).doesNotContainKey("SecurityGroupIngress");
    }
}
