package dev.fetchline.local.submit;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/// Packed messages on disk, with 16 bytes of memory for each: where it is, and when its turn to be sent comes.
final class MessageFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long[] offsets;
    private final long[] turns;
    private final String fingerprint;

    private MessageFile(Path path, long[] offsets, long[] turns, String fingerprint) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.offsets = offsets;
        this.turns = turns;
        this.fingerprint = fingerprint;
    }

    /// How many there are.
    int size() {
        return turns.length;
    }

    /// SHA-256 of all messages: equal for equal input, options and packing.
    String fingerprint() {
        return fingerprint;
    }

    /// The number of the message whose turn is the `turn`th, from 0.
    int atTurn(int turn) {
        return (int) turns[turn];
    }

    /// Reads a message. For several threads.
    OutgoingUrls message(int number) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate((int) (offsets[number + 1] - offsets[number]));
            long at = offsets[number];
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, at + bytes.position());
                if (read < 0) {
                    throw new IOException("it is shorter than it was when it was written");
                }
            }
            bytes.flip();
            int urls = bytes.getInt();
            return new OutgoingUrls(number, urls, text(bytes), text(bytes));
        } catch (IOException e) {
            throw new SubmitException("cannot read the packed messages in " + path + ": " + e.getMessage() + ".", e);
        }
    }

    private static String text(ByteBuffer bytes) {
        byte[] ascii = new byte[bytes.getInt()];
        bytes.get(ascii);
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    /// A message to be sent.
    ///
    /// @param number of the message
    /// @param urls that it carries
    /// @param group of their hosts
    /// @param body in ASCII
    record OutgoingUrls(int number, int urls, String group, String body) {}

    /// Writes the file.
    static final class Writer implements AutoCloseable {
        private final Path path;
        private final DigestOutputStream digested;
        private final DataOutputStream out;
        private long[] offsets = new long[1_024];
        private long[] turns = new long[1_024];
        private int size;
        private long bytes;
        private boolean isFinished;

        Writer(Path path) throws IOException {
            this.path = path;
            this.digested = new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES), Sha256Digest.create());
            this.out = new DataOutputStream(new BufferedOutputStream(digested, BUFFER_BYTES));
        }

        /// Appends a message.
        ///
        /// @return its number
        int add(int urls, String group, CharSequence body) throws IOException {
            if (size + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, size + size / 2 + 1_024);
                turns = Arrays.copyOf(turns, offsets.length);
            }
            offsets[size] = bytes;
            String text = body.toString();
            out.writeInt(urls);
            out.writeInt(group.length());
            out.writeBytes(group);
            out.writeInt(text.length());
            out.writeBytes(text);
            bytes += 3 * Integer.BYTES + group.length() + text.length();
            return size++;
        }

        /// Says when a message's turn is.
        ///
        /// @param position from 0 to 1 in the order in which messages are sent
        void place(int number, double position) {
            turns[number] = ((long) (position * Integer.MAX_VALUE) << Integer.SIZE) | number;
        }

        /// Ends the file and opens it for reading.
        MessageFile finish() throws IOException {
            out.close();
            offsets[size] = bytes;
            long[] order = Arrays.copyOf(turns, size);
            Arrays.sort(order);
            MessageFile finished = new MessageFile(
                    path,
                    Arrays.copyOf(offsets, size + 1),
                    order,
                    HexFormat.of().formatHex(digested.getMessageDigest().digest()));
            isFinished = true;
            return finished;
        }

        /// Deletes the file unless it was finished.
        @Override
        public void close() throws IOException {
            if (!isFinished) {
                try {
                    out.close();
                } catch (IOException _) {
                    // On a full disk, which has been said already.
                }
                Files.deleteIfExists(path);
            }
        }
    }
}
