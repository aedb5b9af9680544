package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.LocalStackException;
import dev.fetchline.local.status.LocalFigures;
import dev.fetchline.local.target.TargetException;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `up` tells of its stack: to the program that started it on stdout, to the tools of the checkout in a file.
final class UpAnnouncement {
    private static final JsonFactory JSON = new JsonFactory();

    private final LocalStack stack;
    private final UpFile file;
    private Map<String, String> announced = Map.of();
    private boolean isWithdrawn;

    UpAnnouncement(LocalStack stack, UpFile file) {
        this.stack = stack;
        this.file = file;
    }

    /// Leaves the file.
    synchronized void announce() {
        announced = forTools();
        file.write(announced);
    }

    /// Brings the file up to date, where it says something else.
    synchronized void refresh() {
        if (isWithdrawn) {
            return;
        }
        Map<String, String> now = forTools();
        if (!now.equals(announced)) {
            try {
                file.update(now);
                announced = now;
            } catch (TargetException _) {
                // A full disk is no reason to go: the addresses in the file are right, and the next look tries again.
            }
        }
    }

    /// Removes the file, for good.
    synchronized void withdraw() {
        isWithdrawn = true;
        file.remove();
    }

    /// The page's address holds its token: it is for whoever started this, and not for the file that the tools read.
    String readyLine(Optional<URI> page) {
        Map<String, String> fields = addresses();
        page.ifPresent(url -> fields.put("page", url.toString()));
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(line)) {
            generator.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                generator.writeStringField(field.getKey(), field.getValue());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line + "\n";
    }

    private Map<String, String> forTools() {
        Map<String, String> fields = addresses();
        fields.put(LocalFigures.FUNCTION_LOG, stack.functionLog().toString());
        if (!stack.isOnEmulator()) {
            fields.put(LocalFigures.OLDEST_SENT, oldestSent());
        }
        return fields;
    }

    private String oldestSent() {
        try {
            return stack.oldestSent().map(Instant::toString).orElse("");
        } catch (LocalStackException _) {
            // Whoever uses the queue hears of it themselves.
            return announced.getOrDefault(LocalFigures.OLDEST_SENT, "");
        }
    }

    private Map<String, String> addresses() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("queueUrl", stack.queueUrl());
        fields.put("deadLetterQueueUrl", stack.deadLetterQueueUrl());
        fields.put("table", stack.table());
        fields.put("sqsEndpoint", stack.sqsEndpoint().toString());
        fields.put("dynamoDbEndpoint", stack.dynamoDbEndpoint().toString());
        stack.batchesTable().ifPresent(batches -> fields.put(Targets.BATCHES_TABLE, batches));
        return fields;
    }
}
