package dev.fetchline.local.stack;

import java.net.URI;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/// SQS on this machine: ElasticMQ over real HTTP, on a free port of the loopback address.
final class QueueServer implements AutoCloseable {
    private final SQSRestServer server;
    private final ActorSystem actors;
    private final URI endpoint;
    private final SendTimes sendTimes;

    private QueueServer(SQSRestServer server, ActorSystem actors, URI endpoint, SendTimes sendTimes) {
        this.server = server;
        this.actors = actors;
        this.endpoint = endpoint;
        this.sendTimes = sendTimes;
    }

    static QueueServer start() {
        SendTimes sendTimes = new SendTimes();
        ActorSystem actors = ActorSystem.create("elasticmq");
        try {
            SQSRestServer server = SQSRestServerBuilder.withActorSystem(actors)
                    .withQueueEventListener(actors.actorOf(
                            Props.create(SendTimes.Listener.class, () -> new SendTimes.Listener(sendTimes))))
                    .withInterface("127.0.0.1")
                    .withDynamicPort()
                    .withAWSRegion(StackTemplate.REGION)
                    .withAWSAccountId(StackTemplate.ACCOUNT)
                    .start();
            int port = server.waitUntilStarted().localAddress().getPort();
            return new QueueServer(server, actors, URI.create("http://127.0.0.1:" + port), sendTimes);
        } catch (RuntimeException e) {
            actors.terminate();
            throw new LocalStackException("The local queue server did not start: " + e.getMessage() + ".", e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    SendTimes sendTimes() {
        return sendTimes;
    }

    /// Its threads are not daemons: without this call the JVM stays.
    @Override
    public void close() {
        server.stopAndWait();
        actors.terminate();
        actors.getWhenTerminated().toCompletableFuture().join();
    }
}
