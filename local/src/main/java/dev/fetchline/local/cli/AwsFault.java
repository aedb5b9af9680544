package dev.fetchline.local.cli;

import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Says in one sentence what a call of AWS failed for, and what to try next.
final class AwsFault {
    private static final Set<String> UNKNOWN_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "MissingAuthenticationToken");

    private static final Set<String> NO_RIGHTS =
            Set.of("AccessDenied", "AccessDeniedException", "KMSAccessDeniedFault");

    private static final Set<String> NOT_THERE = Set.of(
            "ResourceNotFoundException",
            "QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            "com.amazonaws.sqs#QueueDoesNotExist");

    private AwsFault() {}

    static String sentenceOf(SdkException fault) {
        return switch (fault) {
            case AwsServiceException answered -> ofAnswer(answered);
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
                "AWS did not answer in time: look at the network and at the region, and try again.";
            default -> ofNoAnswer(fault);
        };
    }

    private static String ofAnswer(AwsServiceException fault) {
        AwsErrorDetails details = fault.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String service = details == null || details.serviceName() == null ? "AWS" : details.serviceName();
        String said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        String why = said.isEmpty() ? code : said.strip().replaceFirst("[.]$", "");
        if (UNKNOWN_CREDENTIALS.contains(code)) {
            return "%s does not take the credentials (%s): log in again, such as with aws sso login, or name others with --profile."
                    .formatted(service, why);
        }
        if (NO_RIGHTS.contains(code)) {
            return "%s does not allow it (%s): give the credentials that right, or name others with --profile."
                    .formatted(service, why);
        }
        if (NOT_THERE.contains(code)) {
            return "%s does not have the queue or table that is needed (%s): look at --stack and --region, or start fetchline up again."
                    .formatted(service, why);
        }
        if (fault.isThrottlingException()) {
            return "%s is asked too much at the moment (%s): wait a little and try again.".formatted(service, why);
        }
        if (fault.statusCode() >= 500) {
            return "%s failed (%s, HTTP status %d): try again."
                    .formatted(service, why.isEmpty() ? "it does not say why" : why, fault.statusCode());
        }
        return "%s refuses the call (%s %s): please report it with the output of `fetchline --verbose ...`."
                .formatted(service, code, why);
    }

    private static String ofNoAnswer(SdkException fault) {
        String message = String.valueOf(fault.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String why = message.replaceFirst(" \\(SDK Attempt Count: \\d+\\)$", "").replaceFirst("[.]$", "");
        if (why.startsWith("Unable to load credentials from any of the providers")) {
            return "there are no AWS credentials: log in, such as with aws configure or aws sso login, or name a profile with --profile.";
        }
        if (why.toLowerCase(Locale.ROOT).contains("credentials")) {
            return "there are no AWS credentials (%s): log in, such as with aws configure or aws sso login, or name a profile with --profile."
                    .formatted(PrintableText.cut(why, 200));
        }
        return "a call got no answer (%s): look whether the stack, emulator or network is still there, and try again."
                .formatted(PrintableText.cut(why, 200));
    }
}
