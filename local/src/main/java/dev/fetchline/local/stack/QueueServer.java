package dev.fetchline.local.stack;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/// SQS on this machine: ElasticMQ over real HTTP, on a free port of the loopback address.
final class QueueServer implements AutoCloseable {
    private final SQSRestServer server;
    private final URI endpoint;

    private QueueServer(SQSRestServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static QueueServer start() {
        try {
            SQSRestServer server = SQSRestServerBuilder.withInterface("127.0.0.1")
                    .withDynamicPort()
                    .withAWSRegion(StackTemplate.REGION)
                    .withAWSAccountId(StackTemplate.ACCOUNT)
                    .start();
            int port = server.waitUntilStarted().localAddress().getPort();
            return new QueueServer(server, URI.create("http://127.0.0.1:" + port));
        } catch (RuntimeException e) {
            throw new LocalStackException("The local queue server did not start: " + e.getMessage() + ".", e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /// Its threads are not daemons: without this call the JVM stays.
    @Override
    public void close() {
        server.stopAndWait();
    }
}
