package dev.fetchline.local.target;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// A stack that the tools work on: where its queues and tables are, and clients for them.
///
/// @param place what kind of stack it is
/// @param name for a person, such as `the stack that up runs here`
/// @param access how AWS is reached, for clients of other services
/// @param sqs client of the queues
/// @param dynamoDb client of the tables
/// @param queueUrl where messages are sent
/// @param deadLetterQueueUrl where messages go that could not be read or kept failing
/// @param table of results
/// @param batchesTable of heads and progress rows; empty for a stack that was deployed before there was one
/// @param functionName of a deployed stack's function
public record Target(
        Place place,
        String name,
        Access access,
        SqsAsyncClient sqs,
        DynamoDbAsyncClient dynamoDb,
        String queueUrl,
        String deadLetterQueueUrl,
        String table,
        Optional<String> batchesTable,
        Optional<String> functionName)
        implements AutoCloseable {
    /// The kinds of stacks.
    public enum Place {
        /// Run by `up` on this machine.
        UP,
        /// Of another make, on some machine, such as LocalStack.
        EMULATOR,
        /// Deployed to AWS with CloudFormation: calls are billed.
        DEPLOYED
    }

    /// Whether calls cost money.
    public boolean isBilled() {
        return place == Place.DEPLOYED;
    }

    @Override
    public void close() {
        sqs.close();
        dynamoDb.close();
    }
}
