package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackTemplateTest {
    private static final URI SQS = URI.create("http://127.0.0.1:9324");

    @TempDir
    Path directory;

    @Test
    void the_probe_s_template_resolves_to_plain_values() {
        StackDefinition stack = StackTemplate.read(
                        Probe.resource("probe-template.yaml"), Map.of("VisibilityTimeout", "9", "MemorySize", "512"))
                .define(SQS);
        assertThat(stack.queue().name()).isEqualTo("fetchline-ProbeQueue");
        assertThat(stack.queue().attributes())
                .containsOnly(
                        Map.entry("VisibilityTimeout", "9"),
                        Map.entry(
                                "RedrivePolicy",
                                "{\"deadLetterTargetArn\":"
                                        + "\"arn:aws:sqs:us-east-1:000000000000:fetchline-ProbeDeadLetterQueue\","
                                        + "\"maxReceiveCount\":3}"));
        assertThat(stack.deadLetterQueue().attributes()).containsOnly(Map.entry("MessageRetentionPeriod", "1209600"));
        assertThat(stack.table().keys()).containsExactly(Map.entry("batchId", "HASH"), Map.entry("url", "RANGE"));
        assertThat(stack.table().types()).containsExactly(Map.entry("batchId", "S"), Map.entry("url", "S"));
        assertThat(stack.table().expiry()).hasValue("expiresAt");
        assertThat(stack.mapping()).isEqualTo(new MappingDefinition(10, Duration.ofSeconds(1), 2, true));
        assertThat(stack.function().memoryMb()).isEqualTo(512);
        assertThat(stack.function().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(stack.function().environment())
                .containsOnly(
                        Map.entry("TABLE", "fetchline-ProbeTable"),
                        Map.entry("QUEUE_URL", "http://127.0.0.1:9324/000000000000/fetchline-ProbeQueue"),
                        Map.entry("GREETING", "hello from us-east-1, ${not} this, fetchline-ProbeQueue"),
                        Map.entry("JAVA_TOOL_OPTIONS", "-Dprobe.option=given"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TABLE: !Ref ProbeTable | TABLE: !ImportValue other | uses Fn::ImportValue in a form
                    TABLE: !Ref ProbeTable | TABLE: !If [A, b, c] | uses Fn::If in a form
                    TABLE: !Ref ProbeTable | TABLE: !Ref Missing | refers to Missing, which is no parameter
                    TABLE: !Ref ProbeTable | TABLE: !GetAtt ProbeTable.StreamArn | refers to ProbeTable.StreamArn
                    TABLE: !Ref ProbeTable | TABLE: !Sub "${Missing}" | refers to Missing
                    Timeout: 5 | Timeout: soon | Timeout is no number: soon
                    Type: AWS::DynamoDB::Table | Type: AWS::DynamoDB::GlobalTable | one AWS::DynamoDB::Table; this one has 0
                    Type: SQS | Type: SNS | one AWS::Serverless::Function; this one has 0
                    Queue: !GetAtt ProbeQueue.Arn | Queue: arn:aws:sqs:x | is not written as !GetAtt <queue>.Arn
                    Parameters: | Globals: {}\\nParameters: | has Globals
                    Parameters: | Parameters: [ | is not YAML
                    """)
    void what_a_local_run_does_not_understand_is_said(String is, String becomes, String sentence) throws IOException {
        String text = Files.readString(Probe.resource("probe-template.yaml"));
        assertThat(text).contains(is);
        Path file =
                Files.writeString(directory.resolve("template.yaml"), text.replace(is, becomes.replace("\\n", "\n")));
        assertThatThrownBy(() -> StackTemplate.read(file, Map.of()).define(SQS))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void a_template_that_is_not_there_is_said() {
        assertThatThrownBy(() -> StackTemplate.read(directory.resolve("none.yaml"), Map.of()))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("none.yaml cannot be read");
    }
}
