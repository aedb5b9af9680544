package dev.fetchline.local.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Compressed bytes for the tables.
final class Compressed {
    private static final int BLOCK = 1 << 20;

    private Compressed() {}

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// So many megabytes of zeros, a thousandth as long, in one gzip member for each.
    static byte[] zeros(int megabytes) {
        byte[][] members = new byte[megabytes][];
        Arrays.fill(members, gzip(new byte[BLOCK]));
        return join(members);
    }

    /// The same in one member.
    static byte[] zerosInOne(int megabytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < megabytes; i++) {
                gzip.write(block);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// @param raw without the zlib header of RFC 1950
    static byte[] deflate(byte[] plain, boolean raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
                DeflaterOutputStream deflate = new DeflaterOutputStream(bytes, deflater)) {
            deflate.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /// The same with one bit changed.
    ///
    /// @param at from the end, where negative
    static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at < 0 ? bytes.length + at : at] ^= 1;
        return flipped;
    }

    static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }
}
