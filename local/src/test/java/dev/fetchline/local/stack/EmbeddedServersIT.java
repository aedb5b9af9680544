package dev.fetchline.local.stack;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// ElasticMQ and DynamoDB Local in this JVM.
class EmbeddedServersIT implements EmulatorContract {
    @Override
    public @Nullable URI emulator() {
        return null;
    }
}
