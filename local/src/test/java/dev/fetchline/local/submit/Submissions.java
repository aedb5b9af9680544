package dev.fetchline.local.submit;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.local.submit.MessageFile.OutgoingUrls;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of submitting share.
final class Submissions {
    private Submissions() {}

    static SubmitSettings settings(String batchId, int urlsPerMessage) {
        return new SubmitSettings(batchId, Optional.empty(), Map.of(), urlsPerMessage);
    }

    static Source text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Source bytes(String name, byte[] bytes) {
        return new Source(name, Source.Form.ofFile(name), () -> new ByteArrayInputStream(bytes));
    }

    static Submission read(SubmitSettings settings, Path directory, Source... sources) {
        return Submission.read(settings, List.of(sources), directory.resolve("scratch"), _ -> {});
    }

    /// The messages in the order in which they are sent.
    static List<OutgoingUrls> sent(Submission.Packed packed) {
        List<OutgoingUrls> sent = new ArrayList<>();
        for (int turn = 0; turn < packed.messageCount(); turn++) {
            sent.add(packed.messages().message(packed.messages().atTurn(turn)));
        }
        return sent;
    }

    /// What the function reads of a message.
    static FetchBatch received(OutgoingUrls message) {
        return (FetchBatch) BatchReader.read(message.body(), "message-id");
    }

    /// The items that the function reads of all messages.
    static List<FetchItem> items(List<OutgoingUrls> messages) {
        List<FetchItem> items = new ArrayList<>();
        for (OutgoingUrls message : messages) {
            for (BatchItem item : received(message).items()) {
                items.add((FetchItem) item);
            }
        }
        return items;
    }

    static List<String> urls(List<OutgoingUrls> messages) {
        return items(messages).stream().map(FetchItem::url).toList();
    }
}
