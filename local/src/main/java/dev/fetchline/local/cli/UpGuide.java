package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import java.net.URI;
import java.util.Optional;

/// What a person needs to use a running stack: where everything is, and commands to paste.
///
/// @param stack that runs
/// @param page where it is shown in a browser, unless it is not to be
record UpGuide(LocalStack stack, Optional<URI> page) {
    /// The local servers ask for credentials and look at none; those of a real account must not even be sent to them.
    private static final String CREDENTIALS = "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local";

    String text() {
        return """
                Fetchline is up; Ctrl-C stops it.

                  queue              %s
                  dead-letter queue  %s
                  table              %s
                  SQS endpoint       %s
                  DynamoDB endpoint  %s
                  function           %s
                  function log       %s%s

                Send a message:
                  %s

                Read its records:
                  %s

                See what could not be read, and why:
                  %s
                """.formatted(
                        stack.queueUrl(),
                        stack.deadLetterQueueUrl(),
                        stack.table(),
                        stack.sqsEndpoint(),
                        stack.dynamoDbEndpoint(),
                        stack.runtimeDescription(),
                        stack.functionLog(),
                        page.map(url -> "\n  page               " + url).orElse(""),
                        sendCommand(),
                        queryCommand(),
                        receiveCommand());
    }

    private String sendCommand() {
        return aws("sqs send-message", stack.sqsEndpoint())
                + " --queue-url " + stack.queueUrl()
                + " --message-body '{\"batchId\":\"first\",\"urls\":[\"https://example.com/\"]}'";
    }

    private String queryCommand() {
        return aws("dynamodb query", stack.dynamoDbEndpoint())
                + " --table-name " + stack.table()
                + " --key-condition-expression 'batchId = :b'"
                + " --expression-attribute-values '{\":b\":{\"S\":\"first\"}}'";
    }

    private String receiveCommand() {
        return aws("sqs receive-message", stack.sqsEndpoint())
                + " --queue-url " + stack.deadLetterQueueUrl()
                + " --message-attribute-names All --attribute-names All --max-number-of-messages 10";
    }

    private static String aws(String operation, URI endpoint) {
        return CREDENTIALS + " aws " + operation + " --endpoint-url " + endpoint + " --region us-east-1";
    }
}
