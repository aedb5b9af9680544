package dev.fetchline.local.cli;

import dev.fetchline.local.stack.EmulatorUrl;
import dev.fetchline.local.stack.LocalStack;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Where queues and table are, if not in servers of our own.
final class EmulatorOption {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Use the SQS and DynamoDB of an emulator that runs already, such as LocalStack at"
                    + " http://localhost:4566. Queues and table are made there as the template says; those that are"
                    + " there already are used as they are, and all of them stay.")
    @Nullable
    URI endpoint;

    /// Says which of the queues and the table of an emulator are not new.
    static void sayWhatWasFound(LocalStack stack, StandardStreams streams) {
        if (!stack.isOnEmulator()) {
            return;
        }
        streams.say("queues and table are at %s%s."
                .formatted(
                        stack.sqsEndpoint(),
                        stack.found().isEmpty()
                                ? "; all of them are new"
                                : "; used as they are there already: " + String.join(", ", stack.found())));
    }

    static final class UrlConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                return EmulatorUrl.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
