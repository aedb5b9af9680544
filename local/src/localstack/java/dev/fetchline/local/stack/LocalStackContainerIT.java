package dev.fetchline.local.stack;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container: `mvn verify -Plocalstack`, where there is Docker.
class LocalStackContainerIT implements EmulatorContract {
    /// As in compose.yaml: the last that starts without an account's token.
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private static LocalStackContainer container;

    @BeforeAll
    static void start() {
        container = new LocalStackContainer(IMAGE).withServices("sqs", "dynamodb", "sts");
        container.start();
    }

    @AfterAll
    static void stop() {
        container.stop();
    }

    @Override
    public URI emulator() {
        return EmulatorUrl.parse(container.getEndpoint().toString());
    }
}
