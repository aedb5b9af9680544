package dev.fetchline.local.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads the function's log as CloudWatch does, as it grows: each line that is metrics is added up, every other one
/// passed over. Its methods may be called from several threads.
public final class FunctionFigures {
    private static final int CHUNK_BYTES = 1 << 16;

    /// CloudWatch takes no larger event.
    private static final int LINE_BYTES_MAX = 1 << 20;

    private final Path log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final MetricTotals all = new MetricTotals();
    private MetricTotals recent = new MetricTotals();
    private long offset;
    private long unreadable;
    private boolean tooLong;

    /// @param log the file that the function's processes write to; need not be there yet
    public FunctionFigures(Path log) {
        this.log = log;
    }

    /// Reads what was written since the last call. A line without its end waits for the next call. A log that cannot
    /// be read has no figures: it is no reason to end a run.
    public synchronized FunctionFigures read() {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            for (int got = file.read(chunk, offset); got > 0; got = file.read(chunk.clear(), offset)) {
                offset += got;
                take(chunk.array(), got);
            }
        } catch (IOException _) {
            return this;
        }
        return this;
    }

    private void take(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i);
                endLine();
                from = i + 1;
            }
        }
        keep(bytes, from, length);
    }

    private void keep(byte[] bytes, int from, int to) {
        tooLong |= line.size() + to - from > LINE_BYTES_MAX;
        if (!tooLong) {
            line.write(bytes, from, to - from);
        }
    }

    private void endLine() {
        try {
            if (!tooLong) {
                MetricLine.read(line.toString(StandardCharsets.UTF_8)).ifPresent(read -> {
                    all.add(read);
                    recent.add(read);
                });
            }
        } catch (IOException _) {
            unreadable++;
        }
        line.reset();
        tooLong = false;
    }

    /// Of everything so far. The value is this object's own and goes on counting.
    public synchronized MetricTotals all() {
        return all;
    }

    /// Of what came since the last call of this method.
    public synchronized MetricTotals takeRecent() {
        MetricTotals taken = recent;
        recent = new MetricTotals();
        return taken;
    }

    /// Bytes of the log so far.
    public synchronized long logBytes() {
        return offset;
    }

    /// Lines that look like metrics and are not JSON: a process was killed while it wrote, or two wrote into one line.
    public synchronized long unreadable() {
        return unreadable;
    }
}
