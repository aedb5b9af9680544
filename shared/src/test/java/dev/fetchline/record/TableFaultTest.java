package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class TableFaultTest {
    /// A batch whose JSON is too large would be refused again and again if it were tried again as it is; its records
    /// written alone are not.
    @ParameterizedTest
    @CsvSource({
        "413, '', REJECTED_CONTENT",
        "413, RequestEntityTooLargeException, REJECTED_CONTENT",
        "400, ValidationException, REJECTED_CONTENT",
        "400, ItemCollectionSizeLimitExceededException, REJECTED_CONTENT",
        "400, ResourceNotFoundException, REFUSED",
        "400, ProvisionedThroughputExceededException, REFUSED",
        "500, InternalServerError, REFUSED",
        "403, '', REFUSED"
    })
    void what_a_status_and_a_code_mean(int status, String code, TableFault fault) {
        Throwable thrown = DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertThat(TableFault.of(thrown)).isEqualTo(fault);
        assertThat(TableFault.of(new CompletionException(thrown))).isEqualTo(fault);
    }
}
