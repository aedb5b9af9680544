package dev.fetchline.local.submit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The entries of the input on disk, in as many files as let one of them be worked on in little memory. All entries of
/// a group are in one file, so that each file can be packed alone.
final class Spool implements AutoCloseable {
    /// At a million entries a file has about 16,000, unless few hosts have most of them.
    static final int FILES = 64;

    private static final int BUFFER_BYTES = 1 << 14;

    private final Path directory;
    private final DataOutputStream[] files = new DataOutputStream[FILES];
    private final long[] counts = new long[FILES];
    private long written;

    /// @param directory where it is to be, which must be empty; closing deletes it
    Spool(Path directory) throws IOException {
        this.directory = directory;
        StateDirectory.create(directory);
        for (int i = 0; i < FILES; i++) {
            files[i] = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER_BYTES));
        }
    }

    /// One URL to be sent.
    ///
    /// @param number its place in the input, from 0
    /// @param host of the URL
    /// @param group of the host
    /// @param key what tells its record from others
    /// @param json the item as it stands in a message; ASCII
    record Entry(long number, String host, String group, Key key, String json) {}

    /// Appends an entry.
    void add(String host, String group, Key key, String json) throws IOException {
        int file = Math.floorMod(group.hashCode(), FILES);
        DataOutputStream out = files[file];
        out.writeLong(key.high());
        out.writeLong(key.low());
        out.writeLong(key.sumHash());
        out.writeLong(written);
        writeText(out, host);
        writeText(out, group);
        writeText(out, json);
        counts[file]++;
        written++;
    }

    private static void writeText(DataOutputStream out, String ascii) throws IOException {
        out.writeInt(ascii.length());
        out.writeBytes(ascii);
    }

    /// Entries in all files.
    long size() {
        return written;
    }

    /// Entries in one file.
    long size(int file) {
        return counts[file];
    }

    /// To be called when all entries are added.
    void flush() throws IOException {
        for (DataOutputStream file : files) {
            file.close();
        }
    }

    /// Takes entries, and may stop with a fault of the disk that it writes to.
    @FunctionalInterface
    interface EntryReader {
        /// Takes one.
        ///
        /// @param index of the entry in its file
        void take(int index, Entry entry) throws IOException;
    }

    /// Takes keys.
    @FunctionalInterface
    interface KeyReader {
        /// Takes one.
        ///
        /// @param index of the key's entry in its file
        void take(int index, Key key);
    }

    /// Hands over the entries of a file in their order.
    void each(int file, EntryReader reader) throws IOException {
        try (DataInputStream in = open(file)) {
            for (int i = 0; i < counts[file]; i++) {
                Key key = readKey(in);
                reader.take(i, new Entry(in.readLong(), readText(in), readText(in), key, readText(in)));
            }
        }
    }

    /// The same for the keys alone.
    void eachKey(int file, KeyReader reader) throws IOException {
        try (DataInputStream in = open(file)) {
            for (int i = 0; i < counts[file]; i++) {
                Key key = readKey(in);
                in.skipNBytes(Long.BYTES);
                for (int text = 0; text < 3; text++) {
                    in.skipNBytes(in.readInt());
                }
                reader.take(i, key);
            }
        }
    }

    private DataInputStream open(int file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file(file)), 1 << 16));
    }

    private static Key readKey(DataInputStream in) throws IOException {
        return new Key(in.readLong(), in.readLong(), in.readLong());
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Path file(int number) {
        return directory.resolve(Integer.toString(number));
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < FILES; i++) {
            try {
                files[i].close();
            } catch (IOException _) {
                // On a full disk: what has no room there is not wanted any more.
            }
            Files.deleteIfExists(file(i));
        }
        Files.deleteIfExists(directory);
    }
}
