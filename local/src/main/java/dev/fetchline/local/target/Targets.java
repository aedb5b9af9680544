package dev.fetchline.local.target;

import dev.fetchline.local.stack.Calls;
import dev.fetchline.local.stack.StackNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationAsyncClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// Finds the stack that a person named.
///
/// @param template template.yaml, which names queues and tables of emulators
/// @param upFile where a running `up` left its addresses
public record Targets(Path template, UpFile upFile) {
    /// What the batches table is called in `up`'s file.
    public static final String BATCHES_TABLE = "batchesTable";

    /// Opens clients for it. Nothing is made there that does not exist.
    ///
    /// @throws TargetException with one sentence on what is missing and what to do
    public Target open(TargetChoice choice) {
        if (choice.stack() != null) {
            return deployed(choice.stack(), Access.deployed(choice.region(), choice.profile()));
        }
        return choice.endpoint() == null ? up() : emulator(choice.endpoint());
    }

    private Target up() {
        Map<String, String> fields = upFile.ofLiving()
                .orElseThrow(() -> new TargetException("no stack runs from this checkout: start one with fetchline up"
                        + " in another terminal, or name one with --endpoint URL or --stack NAME."));
        Access access = Access.local();
        return new Target(
                Target.Place.UP,
                "the stack that up runs here",
                access,
                sqs(access, URI.create(required(fields, "sqsEndpoint"))),
                dynamoDb(access, URI.create(required(fields, "dynamoDbEndpoint"))),
                required(fields, "queueUrl"),
                required(fields, "deadLetterQueueUrl"),
                required(fields, "table"),
                Optional.ofNullable(fields.get(BATCHES_TABLE)),
                Optional.empty());
    }

    private String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new TargetException(upFile.path() + " has no " + name + ": stop fetchline up and start it again.");
        }
        return value;
    }

    private Target emulator(URI endpoint) {
        StackNames names = StackNames.of(template);
        Access access = Access.local();
        SqsAsyncClient sqs = sqs(access, endpoint);
        try {
            return new Target(
                    Target.Place.EMULATOR,
                    "the emulator at " + endpoint,
                    access,
                    sqs,
                    dynamoDb(access, endpoint),
                    queueUrl(sqs, names.queue(), endpoint),
                    queueUrl(sqs, names.deadLetterQueue(), endpoint),
                    names.table(),
                    names.batchesTable(),
                    Optional.empty());
        } catch (RuntimeException e) {
            sqs.close();
            throw e;
        }
    }

    private static String queueUrl(SqsAsyncClient sqs, String name, URI endpoint) {
        try {
            return Calls.await(sqs.getQueueUrl(request -> request.queueName(name)))
                    .queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new TargetException(
                    "the emulator at " + endpoint + " has no queue " + name
                            + ": make queues and table with fetchline up --endpoint " + endpoint + ".",
                    e);
        } catch (SdkException e) {
            throw new TargetException(
                    "no emulator of SQS answers at " + endpoint + " (" + cause(e)
                            + "): start one first, or look at the address.",
                    e);
        }
    }

    private static Target deployed(String stackName, Access access) {
        Map<String, String> outputs = outputsOf(stackName, access);
        return new Target(
                Target.Place.DEPLOYED,
                "the stack " + stackName + " in " + access.region(),
                access,
                sqs(access, null),
                dynamoDb(access, null),
                output(outputs, "QueueUrl", stackName),
                output(outputs, "DeadLetterQueueUrl", stackName),
                output(outputs, "TableName", stackName),
                Optional.ofNullable(outputs.get("BatchesTableName")),
                Optional.ofNullable(outputs.get("FunctionName")));
    }

    private static Map<String, String> outputsOf(String stackName, Access access) {
        try (CloudFormationAsyncClient client =
                access.applyTo(CloudFormationAsyncClient.builder(), null).build()) {
            DescribeStacksResponse answer = Calls.await(client.describeStacks(request -> request.stackName(stackName)));
            return answer.stacks().stream()
                    .findFirst()
                    .map(Stack::outputs)
                    .orElseThrow(() -> new TargetException("CloudFormation shows no stack " + stackName + "."))
                    .stream()
                    .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
        } catch (AwsServiceException e) {
            String why = e.awsErrorDetails() == null
                    ? e.getMessage()
                    : e.awsErrorDetails().errorMessage();
            throw new TargetException(
                    "the stack " + stackName + " cannot be read in " + access.region() + " (" + why
                            + "): look at --stack, --region and --profile.",
                    e);
        }
    }

    private static String output(Map<String, String> outputs, String name, String stackName) {
        String value = outputs.get(name);
        if (value == null) {
            throw new TargetException("the stack " + stackName + " has no output " + name
                    + "; expected one that was deployed from Fetchline's template.yaml.");
        }
        return value;
    }

    private static SqsAsyncClient sqs(Access access, @Nullable URI endpoint) {
        return access.applyTo(SqsAsyncClient.builder(), endpoint).build();
    }

    private static DynamoDbAsyncClient dynamoDb(Access access, @Nullable URI endpoint) {
        return access.applyTo(DynamoDbAsyncClient.builder(), endpoint).build();
    }

    /// What was at the bottom of it: what is above only says that a call failed, and how often.
    private static String cause(SdkException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("[.]$", "");
    }
}
