package dev.fetchline.local.stack;

import java.net.URI;
import java.util.Optional;

/// Where a stack's queues and its table are served.
interface StackServers extends AutoCloseable {
    /// The queue server, for any SQS client.
    URI sqsEndpoint();

    /// The table server, for any DynamoDB client.
    URI dynamoDbEndpoint();

    /// The account that the servers' ARNs name.
    String account();

    /// Whether queues and table may be there already, with what earlier runs left in them.
    boolean mayHoldMore();

    /// When the queues' messages were sent; empty where the server does not tell.
    Optional<SendTimes> sendTimes();

    /// Looks whether these are servers of the kind.
    ///
    /// @throws LocalStackException if they are not
    void check(AwsClients clients);

    /// Stops what this run has started.
    @Override
    void close();
}
