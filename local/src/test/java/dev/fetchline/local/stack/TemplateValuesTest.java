package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the template's parameters take and refuse, by the same rules as CloudFormation's.
class TemplateValuesTest {
    private static final CheckedTemplate TEMPLATE = CheckedTemplate.ofTheProject();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ContactUrl          | https://example.com/about-us?who=me
                    AllowPorts          | 80,443,8000-9000
                    AllowNetworks       | 10.0.0.0/8,fd00::/8
                    AllowNetworks       | ''
                    SenderArns          | ''
                    SenderArns          | arn:aws:sns:us-east-1:123456789012:my-urls
                    SenderArns          | arn:aws-cn:sns:cn-north-1:123456789012:a,arn:aws:events:eu-west-1:123456789012:rule/nightly
                    AlarmTopicArn       | arn:aws-us-gov:sns:us-gov-west-1:123456789012:On_Call-1
                    VpcId               | vpc-0123456789abcdef0
                    VpcSubnetIds        | subnet-0123abcd,subnet-0123456789abcdef0
                    VpcSecurityGroupIds | sg-0123456789abcdef0
                    LogRetentionDays    | 3653
                    FailedAlarmPercent  | 99
                    """)
    void good_values_are_taken(String parameter, String value) {
        assertThatCode(() -> TEMPLATE.stack(Map.of(parameter, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ContactUrl            | example.com                  | a web address without spaces or parentheses
                    AllowPorts            | http                         | ports and ranges with commas between, such as 80,443,8000-9000
                    AllowNetworks         | localhost                    | CIDR blocks with commas between, or empty
                    SenderArns            | my-urls                      | ARNs of SNS topics and EventBridge rules with commas between, or empty
                    SenderArns            | arn:aws:s3:::my-urls         | ARNs of SNS topics and EventBridge rules with commas between, or empty
                    AlarmTopicArn         | ops@example.com              | the ARN of an SNS topic that is not FIFO, or empty
                    AlarmTopicArn         | arn:aws:sns:us-east-1:123456789012:ops.fifo | the ARN of an SNS topic that is not FIFO, or empty
                    VpcId                 | my-vpc                       | the id of a VPC such as vpc-0123456789abcdef0, or empty
                    VpcSubnetIds          | subnet-0123abcd subnet-4567  | ids of subnets with commas between, or empty
                    VpcSecurityGroupIds   | default                      | ids of security groups with commas between, or empty
                    GradualDeployment     | yes                          | one of false, true
                    GradualDeploymentType | Canary                       | one of AllAtOnce, Canary10Percent5Minutes
                    Architecture          | arm                          | one of arm64, x86_64
                    BatchSize             | 10001                        | from 1 to 1000
                    MemorySize            | 512                          | from 768 to 10240
                    LogRetentionDays      | 31                           | one of 1, 3, 5, 7, 14, 30
                    """)
    void bad_values_are_refused_with_what_is_wanted(String parameter, String value, String wanted) {
        assertThatThrownBy(() -> TEMPLATE.stack(Map.of(parameter, value)))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("parameter " + parameter + " is '" + value + "'")
                .hasMessageContaining(wanted);
    }
}
