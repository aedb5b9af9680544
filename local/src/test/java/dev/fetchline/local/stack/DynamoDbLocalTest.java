package dev.fetchline.local.stack;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// DynamoDB Local, which the contract is taken from.
class DynamoDbLocalTest
        implements TableWritesContract, TableConditionsContract, TableReadsContract, FunctionWritesContract {
    private static TableServer server;
    private static AwsClients clients;

    @BeforeAll
    static void start() {
        server = TableServer.start();
        clients = AwsClients.of(URI.create("http://127.0.0.1:1"), server.endpoint());
    }

    @AfterAll
    static void stop() {
        clients.close();
        server.close();
    }

    @Override
    public ContractTable table() {
        return ContractTable.create(clients.dynamoDb());
    }
}
