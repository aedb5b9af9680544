package dev.fetchline.local.submit;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Intake;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.UnknownVersion;
import dev.fetchline.intake.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Reads inputs with the reader of the function itself: what it takes is handed on, and what it would record as INVALID
/// or REFUSED is reported with file and line.
final class SourceReader {
    /// Above any URL with the spaces around it.
    private static final int TEXT_LINE_BYTES_MAX = 1 << 16;

    /// Above any body that the function reads.
    private static final int BODY_BYTES_MAX = 8 << 20;

    /// No batch can be called so: a batch that bears it was not named.
    private static final String UNNAMED = "";

    private static final String LINE_PLACE = "line 1: ";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final SubmitSettings settings;
    private final BadLines bad;
    private final Sink sink;

    /// Takes what can be fetched.
    @FunctionalInterface
    interface Sink {
        void take(FetchItem item, FetchUrl url) throws IOException;
    }

    SourceReader(SubmitSettings settings, BadLines bad, Sink sink) {
        this.settings = settings;
        this.bad = bad;
        this.sink = sink;
    }

    /// Reads a source to its end.
    ///
    /// @throws UnreadableSourceException if it cannot be read
    /// @throws IOException of the sink
    void read(Source source) throws IOException {
        try (InputStream in = new NamedStream(source)) {
            switch (source.form()) {
                case TEXT -> readText(source.name(), new Lines(in, TEXT_LINE_BYTES_MAX));
                case JSON_LINES -> readBodies(source.name(), new Lines(in, BODY_BYTES_MAX));
                case JSON -> readBody(source.name(), in);
            }
        }
    }

    private void readText(String name, Lines lines) throws IOException {
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            if (line.fault() != null) {
                bad.add(name + ":" + line.number(), BadLines.Kind.INVALID, line.fault());
            } else {
                readUrl(name + ":" + line.number(), plain(line.text()));
            }
        }
    }

    /// Files that were put together have their byte order marks within the text.
    private static String plain(String line) {
        String text = line.strip();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1).strip() : text;
    }

    private void readUrl(String place, String text) throws IOException {
        if (text.isEmpty() || text.charAt(0) == '#') {
            return;
        }
        char first = text.charAt(0);
        if (first == '{' || first == '[' || first == '"') {
            // A body that begins so is JSON to the function; as an item of a list it is a text like any other.
            judge(place, FetchItem.get(text));
        } else {
            readBody(place, text);
        }
    }

    private void readBodies(String name, Lines lines) throws IOException {
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            String place = name + ":" + line.number();
            if (line.fault() != null) {
                bad.add(place, BadLines.Kind.INVALID, line.fault());
            } else if (!line.text().isBlank()) {
                readBody(place, line.text());
            }
        }
    }

    private void readBody(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            bad.add(
                    name,
                    BadLines.Kind.INVALID,
                    "found more than %,d bytes, expected one message body".formatted(BODY_BYTES_MAX));
            return;
        }
        Lines.Line whole = Lines.decode(1, bytes, 0, bytes.length);
        if (whole.fault() != null) {
            bad.add(name, BadLines.Kind.INVALID, whole.fault().replace(" of the line", ""));
        } else if (!whole.text().isBlank()) {
            readBody(name, whole.text());
        }
    }

    private void readBody(String place, String body) throws IOException {
        Intake intake = BatchReader.read(body, UNNAMED);
        switch (intake) {
            case FetchBatch(String batchId, List<BatchItem> items) -> {
                if (batchId.equals(UNNAMED) || batchId.equals(settings.batchId())) {
                    takeAll(place, items);
                } else {
                    bad.add(
                            place,
                            BadLines.Kind.INVALID,
                            ("found the batchId \"%s\", expected none, or that of"
                                            + " --batch-id: all input becomes one batch")
                                    .formatted(batchId));
                }
            }
            case Unreadable(String reason) -> bad.add(place, BadLines.Kind.INVALID, reason);
            case Deferral _, UnknownVersion _ ->
                bad.add(place, BadLines.Kind.INVALID, "found a deferral of the function's own, expected URLs");
        }
    }

    private void takeAll(String place, List<BatchItem> items) throws IOException {
        int number = 0;
        for (BatchItem item : items) {
            number++;
            take(items.size() == 1 ? place : place + ": item " + number, item);
        }
    }

    private void take(String place, BatchItem item) throws IOException {
        switch (item) {
            case InvalidItem invalid ->
                bad.add(
                        place,
                        BadLines.Kind.INVALID,
                        invalid.reason().startsWith(LINE_PLACE)
                                ? invalid.reason().substring(LINE_PLACE.length())
                                : invalid.reason());
            case FetchItem fetch -> judge(place, fetch);
        }
    }

    private void judge(String place, FetchItem item) throws IOException {
        switch (FetchUrl.read(item.url())) {
            case UrlReading.Invalid(String reason) -> bad.add(place, BadLines.Kind.INVALID, reason);
            case UrlReading.Refused refused ->
                bad.add(place, BadLines.Kind.REFUSED, refused.refusal().detail());
            case FetchUrl url -> {
                String fault = item.headers().isEmpty() ? "" : faultWithDefaults(item, url);
                if (fault.isEmpty()) {
                    sink.take(item, url);
                } else {
                    bad.add(place, BadLines.Kind.INVALID, fault);
                }
            }
        }
    }

    /// The limits on headers are on those of an item and of its message together.
    private String faultWithDefaults(FetchItem item, FetchUrl url) {
        String body = "{\"urls\":[" + Json.ofItem(item, url.text()) + "]" + settings.defaultsField() + "}";
        return switch (BatchReader.read(body, UNNAMED)) {
            case FetchBatch batch when batch.items().getFirst() instanceof InvalidItem invalid -> invalid.reason();
            case Unreadable(String reason) -> reason;
            default -> "";
        };
    }

    /// Tells a fault of the input from one of the disk that is written to.
    private static final class NamedStream extends InputStream {
        private final Source source;
        private final InputStream in;

        NamedStream(Source source) {
            this.source = source;
            try {
                this.in = source.opener().open();
            } catch (IOException e) {
                throw new UnreadableSourceException(source.name(), e);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            try {
                return in.read(bytes, from, length);
            } catch (IOException e) {
                throw new UnreadableSourceException(source.name(), e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
