package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsFaultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | AccessDeniedException    | User x may not Query. | DynamoDb does not allow it (User x may not Query): give the credentials that right, or name others with --profile.
            400 | ExpiredTokenException    | It has expired        | DynamoDb does not take the credentials (It has expired): log in again, such as with aws sso login, or name others with --profile.
            400 | ResourceNotFoundException| no such table         | DynamoDb does not have the queue or table that is needed (no such table): look at --stack and --region, or start fetchline up again.
            400 | ThrottlingException      | Rate exceeded         | DynamoDb is asked too much at the moment (Rate exceeded): wait a little and try again.
            500 | InternalServerError      | Internal error.       | DynamoDb failed (Internal error, HTTP status 500): try again.
            400 | ValidationException      | odd                   | DynamoDb refuses the call (ValidationException odd): please report it with the output of `fetchline --verbose ...`.
            """)
    void an_answer_is_one_sentence(int status, String code, String message, String sentence) {
        assertThat(AwsFault.sentenceOf(AwsServiceException.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .serviceName("DynamoDb")
                                .errorCode(code)
                                .errorMessage(message)
                                .build())
                        .build()))
                .isEqualTo(sentence);
    }

    @Test
    void no_answer_is_one_sentence() {
        assertThat(AwsFault.sentenceOf(
                        SdkClientException.create("Unable to load credentials from any of the providers.\nA: x")))
                .isEqualTo("there are no AWS credentials: log in,"
                        + " such as with aws configure or aws sso login, or name a profile with --profile.");
        assertThat(AwsFault.sentenceOf(SdkClientException.create("connection refused. (SDK Attempt Count: 4)")))
                .isEqualTo("a call got no answer (connection refused): look whether the stack, emulator or network is"
                        + " still there, and try again.");
        assertThat(AwsFault.sentenceOf(ApiCallTimeoutException.create(1)))
                .isEqualTo("AWS did not answer in time: look at the network and at the region, and try again.");
    }

    @Test
    void a_command_says_it_and_exits_with_2() {
        TestStreams streams = TestStreams.pipes();
        FaultReport report = new FaultReport(streams.streams(), new Home(Path.of("x"), "Linux", "x86_64"), false);

        assertThat(report.exitCodeOf(SdkClientException.create("gone"))).isEqualTo(2);

        assertThat(streams.err())
                .startsWith("fetchline: a call got no answer (gone)")
                .hasLineCount(1);
    }
}
