package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Copies of the template, each with one fault, and the rule that must see it.
class BrokenTemplatesTest {
    @TempDir
    Path directory;

    /// @param rule the name of the rule that sees it
    /// @param after where the fault is: the first `is` behind this text
    record Fault(String rule, String after, String is, String becomes) {
        @Override
        public String toString() {
            return after.strip() + " " + is.strip() + " → " + (becomes.isBlank() ? "nothing" : becomes.strip());
        }
    }

    static List<Fault> faults() {
        return List.of(
                // numbers
                new Fault(
                        "a late writer is gone before its message comes again",
                        "  FetchQueue:",
                        "VisibilityTimeout: 730",
                        "VisibilityTimeout: 725"),
                new Fault(
                        "a late writer is gone before its message comes again",
                        "  FetchFunction:",
                        "Timeout: 120",
                        "Timeout: 180"),
                new Fault(
                        "a late writer is gone before its message comes again",
                        "  BatchWindowSeconds:",
                        "MaxValue: 10",
                        "MaxValue: 300"),
                new Fault(
                        "batches in flight fit the queue's limit", "  BatchSize:", "MaxValue: 1000", "MaxValue: 10000"),
                new Fault(
                        "batches in flight fit the queue's limit",
                        "  MaximumConcurrency:",
                        "MaxValue: 120",
                        "MaxValue: 121"),
                new Fault("a batch above ten has a window", "  BatchWindowSeconds:", "MinValue: 1", "MinValue: 0"),
                new Fault(
                        "a batch above ten has a window",
                        "  FetchFunction:",
                        "            MaximumBatchingWindowInSeconds: !Ref BatchWindowSeconds\n",
                        ""),
                new Fault(
                        "an attempt fits the function's timeout",
                        "  TimeoutMs:",
                        "MaxValue: 60000",
                        "MaxValue: 120000"),
                new Fault(
                        "a wait inside an invocation fits it",
                        "  WaitInsideMaxMs:",
                        "MaxValue: 60000",
                        "MaxValue: 900000"),
                new Fault(
                        "requests in flight fit the file descriptors",
                        "  InFlightMax:",
                        "MaxValue: 600",
                        "MaxValue: 1000"),
                new Fault(
                        "connections of all requests in flight are kept",
                        "  InFlightMax:",
                        "Default: \"256\"",
                        "Default: \"257\""),
                new Fault(
                        "connections of all requests in flight are kept",
                        "JAVA_TOOL_OPTIONS",
                        "            -Djdk.httpclient.connectionPoolSize=256\n",
                        ""),
                new Fault(
                        "dead letters outlive the queue they come from",
                        "  FetchDeadLetterQueue:",
                        "MessageRetentionPeriod: 1209600",
                        "MessageRetentionPeriod: 604800"),
                new Fault(
                        "all receives of a message fit the queue's retention",
                        "  FetchQueue:",
                        "maxReceiveCount: 8",
                        "maxReceiveCount: 800"),
                new Fault(
                        "a URL is given up before its message and its record expire",
                        "  AgeMaxHours:",
                        "MaxValue: 144",
                        "MaxValue: 168"),
                new Fault(
                        "a URL is given up before its message and its record expire",
                        "  ResultTtlDays:",
                        "MinValue: 7",
                        "MinValue: 5"),
                new Fault(
                        "the function starts with every value that is allowed",
                        "  InFlightPerHostMax:",
                        "MaxValue: 600",
                        "MaxValue: 601"),
                new Fault(
                        "the function starts with every value that is allowed",
                        "  AllowPorts:",
                        "\"80,443,8080,8443\"",
                        "\"80,443,8080,84430\""),
                // the function
                new Fault(
                        "failed messages are reported one by one",
                        "  FetchFunction:",
                        "            FunctionResponseTypes: [ReportBatchItemFailures]\n",
                        ""),
                new Fault(
                        "invocations at the same time are limited",
                        "  FetchFunction:",
                        "            ScalingConfig:\n              MaximumConcurrency: !Ref MaximumConcurrency\n",
                        ""),
                new Fault(
                        "the function may feed its own queue",
                        "  FetchFunction:",
                        "RecursiveLoop: Allow",
                        "RecursiveLoop: Terminate"),
                new Fault(
                        "snapshots are off by default and of versions that the queue feeds",
                        "  FetchFunction:",
                        "      AutoPublishAlias: live\n",
                        ""),
                new Fault(
                        "snapshots are off by default and of versions that the queue feeds",
                        "  SnapStart:",
                        "Default: None",
                        "Default: PublishedVersions"),
                new Fault(
                        "the compiler is the same with snapshots and without",
                        "JAVA_TOOL_OPTIONS",
                        "            -XX:TieredStopAtLevel=1\n",
                        ""),
                new Fault(
                        "every environment name is known on both sides",
                        "  FetchFunction:",
                        "          FETCH_REDIRECTS_MAX: !Ref RedirectsMax\n",
                        ""),
                new Fault(
                        "every environment name is known on both sides",
                        "  FetchFunction:",
                        "FETCH_DENY_NETWORKS:",
                        "FETCH_DENIED_NETWORKS:"),
                new Fault(
                        "every function that is built has a makefile target",
                        "  FetchFunction:",
                        "BuildMethod: makefile",
                        "BuildMethod: java25"),
                new Fault("invocations can be traced", "  FetchFunction:", "      Tracing: !Ref Tracing\n", ""),
                // access
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "Sid: ReadAndWriteRecords",
                        "dynamodb:PutItem]",
                        "dynamodb:PutItem, dynamodb:DeleteItem]"),
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "Sid: TakeMessages",
                        "[sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]",
                        "sqs:*"),
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "Sid: ReadAndWriteRecords",
                        "!GetAtt ResultsTable.Arn",
                        "\"*\""),
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "Sid: DeferAndHurryRedelivery",
                        ", sqs:ChangeMessageVisibility",
                        ""),
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "# X-Ray has nothing smaller",
                        "- InVpc",
                        "- IsGradual"),
                new Fault(
                        "each function has a role of its own, and nothing is added to it",
                        "  FetchFunction:",
                        "Role: !GetAtt FetchRole.Arn",
                        "Policies: [AmazonSQSFullAccess]"),
                new Fault(
                        "each function has a role of its own, and nothing is added to it",
                        "  FetchRole:",
                        "      Policies:\n",
                        "      ManagedPolicyArns: [\"arn:aws:iam::aws:policy/AmazonSQSFullAccess\"]\n      Policies:\n"),
                new Fault(
                        "the code may not do what Lambda may for the VPC",
                        "Sid: RefuseThatToTheCode",
                        "Effect: Deny",
                        "Effect: Allow"),
                new Fault(
                        "both queues are spoken to over TLS only",
                        "  FetchQueuePolicy:",
                        "\"aws:SecureTransport\": \"false\"",
                        "\"aws:SecureTransport\": \"true\""),
                new Fault(
                        "both queues are spoken to over TLS only",
                        "  FetchDeadLetterQueuePolicy:",
                        "Queues: [!Ref FetchDeadLetterQueue]",
                        "Queues: [!Ref FetchQueue]"),
                new Fault(
                        "both queues are spoken to over TLS only",
                        "  FetchDeadLetterQueuePolicy:",
                        "Action: sqs:*",
                        "Action: sqs:SendMessage"),
                new Fault(
                        "only topics and rules that are named may send without a permission",
                        "Sid: AdmitTopicsAndRules",
                        "{ Service: [sns.amazonaws.com, events.amazonaws.com] }",
                        "\"*\""),
                new Fault(
                        "only topics and rules that are named may send without a permission",
                        "Sid: AdmitTopicsAndRules",
                        "!Split [\",\", !Ref SenderArns]",
                        "\"*\""),
                new Fault(
                        "queues and tables are encrypted",
                        "  FetchDeadLetterQueue:",
                        "SqsManagedSseEnabled: true",
                        "SqsManagedSseEnabled: false"),
                new Fault(
                        "queues and tables are encrypted", "  ResultsTable:", "SSEEnabled: true", "SSEEnabled: false"),
                new Fault(
                        "from a VPC the function gets out to 80 and 443 only",
                        "  FetchSecurityGroup:",
                        "FromPort: 80,",
                        "FromPort: 22,"),
                new Fault(
                        "from a VPC the function gets out to 80 and 443 only",
                        "  FetchSecurityGroup:",
                        "      SecurityGroupEgress:\n",
                        "      SecurityGroupEgress:\n        - { IpProtocol: \"-1\", CidrIp: 10.0.0.0/8 }\n"),
                // keeping
                new Fault(
                        "records survive the stack",
                        "  ResultsTable:",
                        "DeletionPolicy: RetainExceptOnCreate",
                        "DeletionPolicy: Delete"),
                new Fault("records survive the stack", "  ResultsTable:", "    UpdateReplacePolicy: Retain\n", ""),
                new Fault(
                        "messages survive a change that replaces their queue",
                        "  FetchQueue:",
                        "UpdateReplacePolicy: Retain",
                        "UpdateReplacePolicy: Delete"),
                new Fault("the table's keys are the record's", "  ResultsTable:", "KeyType: RANGE", "KeyType: HASH"),
                new Fault(
                        "rows of batches have keys and an end as the code writes them",
                        "  BatchesTable:",
                        "AttributeName: entry, KeyType",
                        "AttributeName: batchId, KeyType"),
                new Fault(
                        "rows of batches have keys and an end as the code writes them",
                        "  BatchesTable:",
                        "AttributeName: expiresAt",
                        "AttributeName: expires"),
                new Fault(
                        "rows of batches have keys and an end as the code writes them",
                        "  BatchesTable:",
                        "DeletionPolicy: Delete",
                        "DeletionPolicy: Retain"),
                new Fault(
                        "rows of batches have keys and an end as the code writes them",
                        "  FetchFunction:",
                        "          FETCH_BATCHES_TABLE: !Ref BatchesTable\n",
                        "          FETCH_BATCHES_TABLE: \"\"\n"),
                new Fault(
                        "queues and tables are encrypted", "  BatchesTable:", "SSEEnabled: true", "SSEEnabled: false"),
                new Fault(
                        "roles allow these actions on these resources and no more",
                        "Sid: TellProgress",
                        "Action: dynamodb:BatchWriteItem",
                        "Action: [dynamodb:BatchWriteItem, dynamodb:PutItem]"),
                new Fault(
                        "records expire by the attribute that the code writes",
                        "  ResultsTable:",
                        "AttributeName: expiresAt",
                        "AttributeName: expires"),
                new Fault(
                        "records expire by the attribute that the code writes",
                        "TimeToLiveSpecification",
                        "Enabled: true",
                        "Enabled: false"),
                new Fault(
                        "the table can be brought back to any second",
                        "  ResultsTable:",
                        "PointInTimeRecoveryEnabled: true",
                        "PointInTimeRecoveryEnabled: false"),
                new Fault(
                        "the table can be protected from deletion",
                        "  ResultsTable:",
                        "      DeletionProtectionEnabled: !Ref TableDeletionProtection\n",
                        ""),
                new Fault(
                        "every function's log has a retention",
                        "  FetchLogGroup:",
                        "      RetentionInDays: !Ref LogRetentionDays\n",
                        ""),
                new Fault(
                        "every function's log has a retention",
                        "  NewVersionCheck:",
                        "        LogGroup: !Ref NewVersionCheckLogGroup\n",
                        ""),
                // versions
                new Fault(
                        "SAM sees what the function sees of the parameters",
                        "Description: !Select",
                        "!Ref AllowNetworks, ",
                        ""),
                new Fault(
                        "SAM sees what the function sees of the parameters",
                        "Description: !Select",
                        "!Ref MemorySize",
                        "!Ref MemorySize, !Ref BatchSize"),
                new Fault(
                        "SAM sees what the function sees of the parameters",
                        "  FetchFunction:",
                        "FETCH_EXTRA_CA_FILE: \"\"",
                        "FETCH_EXTRA_CA_FILE: !Ref FailedAlarmPercent"),
                new Fault(
                        "SAM looks at the values in the description",
                        "  FetchFunction:",
                        "AutoPublishAliasAllProperties: true",
                        "AutoPublishAliasAllProperties: false"),
                new Fault(
                        "SAM looks at the values in the description",
                        "  FetchFunction:",
                        "      AutoPublishCodeSha256: !Ref Empty\n",
                        ""),
                new Fault("SAM looks at the values in the description", "  Empty:", "    AllowedValues: [\"\"]\n", ""),
                new Fault(
                        "SAM looks at the values in the description",
                        "Description: !Select",
                        "        - 0\n",
                        "        - 1\n"),
                new Fault(
                        "a default is the same text as the value that is sent for it",
                        "  RedirectsMax:",
                        "Default: \"10\"",
                        "Default: 10"),
                // deployment
                new Fault(
                        "a gradual deployment is asked for",
                        "  GradualDeployment:",
                        "Default: \"false\"",
                        "Default: \"true\""),
                new Fault(
                        "a gradual deployment is asked for",
                        "      DeploymentPreference:",
                        "Enabled: !Ref GradualDeployment",
                        "Enabled: !If [IsGradual, true, false]"),
                new Fault(
                        "the new version is what is checked, before the alias moves",
                        "      DeploymentPreference:",
                        "        Hooks: { PreTraffic: !Ref NewVersionCheck }\n",
                        ""),
                new Fault(
                        "the new version is what is checked, before the alias moves",
                        "  NewVersionCheck:",
                        "NEW_VERSION: !Ref FetchFunction.Version",
                        "NEW_VERSION: !Ref FetchFunction.Alias"),
                new Fault(
                        "the check waits for a slow version, and answers all the same",
                        "  NewVersionCheck:",
                        "read_timeout=130",
                        "read_timeout=60"),
                new Fault(
                        "the check waits for a slow version, and answers all the same",
                        "  NewVersionCheck:",
                        "Timeout: 420",
                        "Timeout: 150"),
                new Fault(
                        "a deployment is taken back by the new version's errors alone",
                        "      DeploymentPreference:",
                        "[!Ref NewVersionErrorsAlarm]",
                        "[!Ref NewVersionErrorsAlarm, !Ref ErrorsAlarm]"),
                new Fault(
                        "a deployment is taken back by the new version's errors alone",
                        "  NewVersionErrorsAlarm:",
                        "        - { Name: ExecutedVersion, Value: !GetAtt FetchFunction.Version.Version }\n",
                        ""),
                new Fault(
                        "what only gradual deployments need is not made without",
                        "  DeploymentRole:",
                        "    Condition: IsGradual\n",
                        ""),
                // parameters
                new Fault(
                        "every parameter says what it is",
                        "  LogLevel:",
                        "    Description: DEBUG adds a log line for each URL.\n",
                        ""),
                new Fault("every parameter is in one group", "ParameterGroups:", "TimeoutMs, ", ""),
                new Fault(
                        "every parameter is in one group",
                        "ParameterGroups:",
                        "[SenderArns]",
                        "[SenderArns, LogLevel]"),
                new Fault(
                        "every limit is told in words when it is broken",
                        "  MemorySize:",
                        "MaxValue: 10240",
                        "MaxValue: 3008"),
                new Fault(
                        "every limit is told in words when it is broken",
                        "  AllowPorts:",
                        "    ConstraintDescription: ports and ranges with commas between, such as 80,443,8000-9000\n",
                        ""),
                new Fault("every parameter and output is in the README", "Outputs:", "  QueueArn:", "  UrlQueueArn:"),
                new Fault("every output says what it is", "Outputs:", "  EventSourceMappingId:", "  MappingId:"),
                new Fault("half a VPC is refused with a sentence", "Rules:", "  VpcHasSubnets:", "  Another:"),
                new Fault(
                        "a second stack fits beside it: nothing has a name of its own",
                        "  ResultsTable:",
                        "      BillingMode: PAY_PER_REQUEST\n",
                        "      BillingMode: PAY_PER_REQUEST\n      TableName: results\n"),
                // alarms
                new Fault(
                        "alarms look at these metrics",
                        "  OldestMessageAlarm:",
                        "!GetAtt FetchQueue.QueueName",
                        "!GetAtt FetchDeadLetterQueue.QueueName"),
                new Fault("alarms look at these metrics", "  ErrorsAlarm:", "MetricName: Errors", "MetricName: Error"),
                new Fault("alarms look at these metrics", "  ThrottlesAlarm:", "Statistic: Sum", "Statistic: Average"),
                new Fault(
                        "alarms name the function's metrics as it writes them",
                        "  FailedShareAlarm:",
                        "MetricName: HttpError",
                        "MetricName: HttpErrors"),
                new Fault(
                        "alarms name the function's metrics as it writes them",
                        "  DeferralRateAlarm:",
                        "Name: FunctionName",
                        "Name: Function"),
                new Fault(
                        "alarms name the function's metrics as it writes them",
                        "  DeferralRateAlarm:",
                        "      Statistic: Sum",
                        "      Unit: Bytes\n      Statistic: Sum"),
                new Fault(
                        "alarms name the function's metrics as it writes them",
                        "  DeferralShareAlarm:",
                        "Namespace: Fetchline",
                        "Namespace: fetchline"),
                new Fault(
                        "alarms reckon with metrics that they name",
                        "  FailedShareAlarm:",
                        "100 * failed /",
                        "100 * fails /"),
                new Fault(
                        "alarms tell the topic, and are quiet without data",
                        "  RecursionAlarm:",
                        "      AlarmActions: !If [HasAlarmTopic, [!Ref AlarmTopicArn], !Ref AWS::NoValue]\n",
                        ""),
                new Fault(
                        "alarms tell the topic, and are quiet without data",
                        "  TableWritesThrottledAlarm:",
                        "TreatMissingData: notBreaching",
                        "TreatMissingData: breaching"),
                new Fault("alarms go off in time", "  DurationAlarm:", "Threshold: 118000", "Threshold: 120000"),
                new Fault("alarms go off in time", "  OldestMessageAlarm:", "Threshold: 86400", "Threshold: 864000"),
                new Fault("alarms go off in time", "  ErrorsAlarm:", "Period: 300", "Period: 3600"),
                new Fault(
                        "every alarm is explained in docs/operations.md",
                        "Resources:",
                        "  RecursionAlarm:",
                        "  LoopAlarm:"),
                // what refers to what
                new Fault("each role is for one service", "  FetchRole:", "Effect: Allow", "Effect: Deny"),
                new Fault(
                        "each role is for one service",
                        "  DeploymentRole:",
                        "codedeploy.amazonaws.com",
                        "lambda.amazonaws.com"),
                new Fault(
                        "the function is told of its own queues and table",
                        "  FetchFunction:",
                        "SOURCE_QUEUE_URL: !Ref FetchQueue",
                        "SOURCE_QUEUE_URL: !Ref FetchDeadLetterQueue"),
                new Fault(
                        "the queue feeds the function as the parameters say",
                        "  FetchFunction:",
                        "            BatchSize: !Ref BatchSize\n",
                        ""),
                new Fault(
                        "the queue feeds the function as the parameters say",
                        "  FetchFunction:",
                        "Queue: !GetAtt FetchQueue.Arn",
                        "Queue: !GetAtt FetchDeadLetterQueue.Arn"),
                new Fault(
                        "conditions ask for what they are named after",
                        "Conditions:",
                        "IsGradual: !Equals [!Ref GradualDeployment, \"true\"]",
                        "IsGradual: !Equals [!Ref GradualDeployment, \"false\"]"),
                new Fault(
                        "conditions ask for what they are named after",
                        "Conditions:",
                        "HasSenders: !Not [!Equals [!Ref SenderArns",
                        "HasSenders: !Not [!Equals [!Ref AlarmTopicArn"),
                new Fault(
                        "each half of a VPC is refused without the other",
                        "  SubnetsHaveTheirVpc:",
                        "!Ref VpcId, \"\"",
                        "!Ref VpcSubnetIds, \"\""),
                new Fault(
                        "each half of a VPC is refused without the other",
                        "  VpcHasSubnets:",
                        "RuleCondition: !Or [!Not [!Equals [!Ref VpcId",
                        "RuleCondition: !Or [!Not [!Equals [!Ref VpcSubnetIds"),
                new Fault(
                        "the function runs in the subnets and groups that were given",
                        "      VpcConfig:",
                        "SubnetIds: !Split [\",\", !Ref VpcSubnetIds]",
                        "SubnetIds: !Split [\",\", !Ref VpcSecurityGroupIds]"),
                new Fault(
                        "the function runs in the subnets and groups that were given",
                        "  FetchSecurityGroup:",
                        "      VpcId: !Ref VpcId\n",
                        ""),
                new Fault(
                        "each output gives what it is named after",
                        "  DeadLetterQueueUrl:",
                        "Value: !Ref FetchDeadLetterQueue",
                        "Value: !Ref FetchQueue"),
                new Fault(
                        "each output gives what it is named after",
                        "  DashboardUrl:",
                        "name=${Dashboard}",
                        "name=${FetchFunction}"),
                new Fault(
                        "only topics and rules that are named may send without a permission",
                        "Sid: AdmitTopicsAndRules",
                        "Effect: Allow",
                        "Effect: Deny"),
                new Fault(
                        "only topics and rules that are named may send without a permission",
                        "Sid: AdmitTopicsAndRules",
                        "Resource: !GetAtt FetchQueue.Arn",
                        "Resource: !GetAtt FetchDeadLetterQueue.Arn"),
                new Fault(
                        "a gradual deployment is asked for",
                        "      DeploymentPreference:",
                        "        Role: !GetAtt DeploymentRole.Arn\n",
                        ""),
                new Fault(
                        "all receives of a message fit the queue's retention",
                        "  FetchQueue:",
                        "maxReceiveCount: 8",
                        "maxReceiveCount: 16"),
                new Fault(
                        "the table's keys are the record's",
                        "  ResultsTable:",
                        "      BillingMode: PAY_PER_REQUEST\n",
                        ""),
                new Fault(
                        "the function connects over IPv4 only",
                        "JAVA_TOOL_OPTIONS",
                        "            -Djava.net.preferIPv4Stack=true\n",
                        ""),
                new Fault(
                        "every default and range is that of the README",
                        "  AllowHttpsToHttp:",
                        "Default: \"false\"",
                        "Default: \"true\""),
                new Fault(
                        "every default and range is that of the README",
                        "  AllowPorts:",
                        "\"80,443,8080,8443\"",
                        "\"80,443,8080,8444\""),
                new Fault(
                        "every default and range is that of the README",
                        "  InFlightPerHostMax:",
                        "Default: \"6\"",
                        "Default: \"12\""),
                new Fault(
                        "every default and range is that of the README",
                        "  AttemptsMax:",
                        "MaxValue: 10",
                        "MaxValue: 20"),
                new Fault(
                        "alarms go off after so long, and above so much",
                        "  ErrorsAlarm:",
                        "DatapointsToAlarm: 2",
                        "DatapointsToAlarm: 3"),
                new Fault(
                        "alarms go off after so long, and above so much",
                        "  DeferralRateAlarm:",
                        "Period: 60",
                        "Period: 300"),
                new Fault(
                        "alarms go off after so long, and above so much",
                        "  DeferralShareAlarm:",
                        "Threshold: 0.9",
                        "Threshold: 90"),
                new Fault(
                        "alarms go off after so long, and above so much",
                        "  FailedShareAlarm:",
                        "            Period: 900",
                        "            Period: 300"),
                new Fault(
                        "alarms go off after so long, and above so much",
                        "  FailedShareAlarm:",
                        "Threshold: !Ref FailedAlarmPercent",
                        "Threshold: !Ref DeferralsAlarmPerMinute"),
                new Fault(
                        "an alarm that reckons looks at one result",
                        "  FailedShareAlarm:",
                        "        - Id: failed\n          ReturnData: false\n",
                        "        - Id: failed\n"),
                new Fault(
                        "an alarm that reckons looks at one result",
                        "  FailedShareAlarm:",
                        "100 * failed /",
                        "failed /"),
                new Fault(
                        "an alarm's words name its parameter",
                        "  DeferralRateAlarm:",
                        "${DeferralsAlarmPerMinute}",
                        "${FailedAlarmPercent}"),
                // the dashboard
                new Fault(
                        "the dashboard is JSON, and nothing that only looks like it",
                        "\"title\": \"Alarms\"",
                        "\"${DeferralShareAlarm.Arn}\"",
                        "\"${DeferralShareAlarm.Arn}\","),
                new Fault(
                        "the dashboard names the function's metrics as it writes them",
                        "  Dashboard:",
                        "\"RetryingNotWritten\"",
                        "\"RetryNotWritten\""),
                new Fault(
                        "the dashboard names the function's metrics as it writes them",
                        "  Dashboard:",
                        "\"Fetchline\", \"FetchDuration\", \"FunctionName\"",
                        "\"Fetchline\", \"FetchDuration\", \"Function\""),
                new Fault(
                        "the dashboard names AWS's metrics as AWS does",
                        "  Dashboard:",
                        "\"ApproximateNumberOfMessagesDelayed\"",
                        "\"ApproximateNumberOfDelayedMessages\""),
                new Fault(
                        "the dashboard names AWS's metrics as AWS does",
                        "  Dashboard:",
                        "\"AWS/DynamoDB\", \"ConsumedWriteCapacityUnits\", \"TableName\"",
                        "\"AWS/DynamoDB\", \"ConsumedWriteCapacityUnits\", \"Table\""),
                new Fault(
                        "the dashboard's axes have the units of what they show",
                        "\"title\": \"One fetch\"",
                        "\"label\": \"Milliseconds\"",
                        "\"label\": \"Seconds\""),
                new Fault(
                        "the dashboard's axes have the units of what they show",
                        "\"title\": \"Decoded bodies\"",
                        "\"BodyBytes\"",
                        "\"Retries\""),
                new Fault(
                        "the dashboard reckons with metrics that it names",
                        "  Dashboard:",
                        "\"refused / PERIOD(refused)\"",
                        "\"refusals / PERIOD(refusals)\""),
                new Fault(
                        "the dashboard shows what an operator asks for",
                        "  Dashboard:",
                        "\"stat\": \"p99\"",
                        "\"stat\": \"p90\""),
                new Fault(
                        "the dashboard shows what an operator asks for", "  Dashboard:", "\"Retries\"", "\"Messages\""),
                new Fault(
                        "the dashboard's prices are those of docs/prices.json",
                        "  Dashboard:",
                        "0.000000625",
                        "0.00000125"),
                new Fault(
                        "the dashboard's prices are those of docs/prices.json", "  Dashboard:", "20 * 0.3", "19 * 0.3"),
                new Fault(
                        "the dashboard's prices are those of docs/prices.json",
                        "  Dashboard:",
                        "${MemorySize} / 1024",
                        "1024 / 1024"),
                new Fault(
                        "the dashboard has every alarm that is always there",
                        "  Dashboard:",
                        "\"${ThrottlesAlarm.Arn}\"",
                        "\"${ErrorsAlarm.Arn}\""),
                new Fault(
                        "the dashboard's line for the timeout is the function's",
                        "  Dashboard:",
                        "\"value\": 120000",
                        "\"value\": 60000"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_template_is_seen_by_its_rule(Fault fault) throws IOException {
        String text = Files.readString(CheckedTemplate.ROOT.resolve("template.yaml"));
        int after =
                text.indexOf("\n" + fault.after) >= 0 ? text.indexOf("\n" + fault.after) : text.indexOf(fault.after);
        assertThat(after).as("the template has the place").isNotNegative();
        int at = text.indexOf(fault.is, after + fault.after.length());
        assertThat(at).as("the template has what is to be broken").isNotNegative();
        String broken = text.substring(0, at) + fault.becomes + text.substring(at + fault.is.length());
        CheckedTemplate template = CheckedTemplate.of(Files.writeString(directory.resolve("template.yaml"), broken));
        TemplateRule rule = TemplateRule.all().stream()
                .filter(each -> each.name().equals(fault.rule))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> rule.check().holdsFor(template))
                .isInstanceOfAny(AssertionError.class, LocalStackException.class);
    }

    /// A rule that sees nothing is none. The one about the docs alone looks at no value of the template.
    @Test
    void every_rule_sees_at_least_one_fault() {
        Set<String> seen = faults().stream().map(Fault::rule).collect(Collectors.toCollection(TreeSet::new));
        seen.add("every metric of the function is explained in docs/operations.md");
        assertThat(seen)
                .isEqualTo(TemplateRule.all().stream()
                        .map(TemplateRule::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
