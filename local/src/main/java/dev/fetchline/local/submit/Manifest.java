package dev.fetchline.local.submit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known on this machine of one batch's submission: of which messages it consists, and which of them SQS has
/// confirmed. A file that is only ever added to; each line is on the disk before the next messages are sent, so that a
/// submission which was cut off goes on where it was. While it is open no other process can open it.
///
/// The lines are `fetchline-submit 1`, `begun FINGERPRINT MESSAGES URLS TIME`, any number of `sent MESSAGE…`, and `done
/// TIME`. A last line without its end was cut off, and counts for nothing.
final class Manifest implements AutoCloseable {
    private static final String FORMAT = "fetchline-submit 1";
    private static final String SENT = "sent";
    private static final String DONE = "done";
    private static final String BEGUN = "begun";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final BitSet sent = new BitSet();
    private @Nullable Begun begun;
    private boolean isDone;

    /// What the submission is.
    ///
    /// @param fingerprint of all messages
    /// @param messages how many there are
    /// @param urls in all messages
    /// @param at when it first began, to the millisecond
    record Begun(String fingerprint, int messages, long urls, Instant at) {}

    private Manifest(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /// Opens the file, or makes it.
    ///
    /// @throws SubmitException if another process has it, or it cannot be read
    static Manifest open(Path path) {
        try {
            StateDirectory.create(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                Manifest manifest = new Manifest(path, channel, lock(channel));
                manifest.read();
                return manifest;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            throw new SubmitException("another process submits this batch at this moment: let it end, or end it.");
        }
        return lock;
    }

    private void read() throws IOException {
        // Not through a second channel: POSIX drops a process's lock on a file as soon as it closes any of its
        // descriptors of it, so the batch could be submitted twice at once.
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // A read may give less than there is.
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        int whole = text.lastIndexOf('\n') + 1;
        // What was cut off goes, or the next line would be its end.
        channel.truncate(whole);
        channel.position(whole);
        List<String> lines = text.substring(0, whole).lines().toList();
        if (lines.isEmpty()) {
            append(FORMAT);
            return;
        }
        try {
            if (!lines.getFirst().equals(FORMAT)) {
                throw new IllegalArgumentException("its first line is not " + FORMAT);
            }
            lines.stream().skip(1).forEach(line -> take(line.split(" ")));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new SubmitException(
                    "%s is no manifest of a submission (%s): move it away, and look which URLs have records before"
                                    .formatted(path, e.getMessage())
                            + " sending again.",
                    e);
        }
    }

    private void take(String[] words) {
        switch (words[0]) {
            case BEGUN ->
                begun = new Begun(
                        words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]), Instant.parse(words[4]));
            case SENT -> {
                for (int i = 1; i < words.length; i++) {
                    sent.set(Integer.parseInt(words[i]));
                }
            }
            case DONE -> isDone = true;
            default -> throw new IllegalArgumentException("a line begins with " + words[0]);
        }
    }

    /// Null where nothing was sent yet.
    synchronized Optional<Begun> begun() {
        return Optional.ofNullable(begun);
    }

    /// Whether all of it was sent.
    synchronized boolean isDone() {
        return isDone;
    }

    /// The messages that SQS has confirmed, by their numbers.
    synchronized BitSet sent() {
        return (BitSet) sent.clone();
    }

    /// Notes what the submission is. On the disk on return, as with the following.
    synchronized void begin(Begun its) {
        begun = its;
        write("%s %s %d %d %s".formatted(BEGUN, its.fingerprint(), its.messages(), its.urls(), its.at()));
    }

    /// Notes messages that SQS has confirmed.
    synchronized void confirm(List<Integer> messages) {
        StringBuilder line = new StringBuilder(SENT);
        for (int message : messages) {
            sent.set(message);
            line.append(' ').append(message);
        }
        write(line.toString());
    }

    /// Notes that all was sent.
    synchronized void done(Instant at) {
        isDone = true;
        write(DONE + " " + at);
    }

    private void write(String line) {
        try {
            append(line);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
        channel.force(false);
    }

    private static SubmitException unusable(Path path, IOException fault) {
        return new SubmitException(
                "cannot keep account of what was sent in %s (%s: %s): make room there, or set FETCHLINE_STATE to another"
                                .formatted(path, fault.getClass().getSimpleName(), fault.getMessage())
                        + " directory before the first message is sent.",
                fault);
    }

    @Override
    public synchronized void close() {
        try {
            lock.close();
            channel.close();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }
}
