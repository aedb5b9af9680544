package dev.fetchline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.Choices;
import dev.fetchline.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/// Bodies in a Content-Encoding: streams built by a recipe whose text is known, whole and damaged, and
/// bytes of any
/// kind, held against the JDK's own decoders.
///
/// An input: the encoding's name (one character), cap (two), sizes of the chunks (one), then a recipe as
/// [EncodedBody] reads it.
public final class ContentDecoderTarget implements FuzzTarget {
    private static final List<String> ENCODINGS = List.of(
            "gzip",
            "x-gzip",
            "deflate",
            "GZip",
            " deflate ",
            "identity",
            "",
            "compress",
            "gzip, gzip",
            "identity,gzip,");

    /// One body is decoded byte by byte up to this size; larger ones only in chunks.
    private static final int BYTEWISE_MAX = 400;

    private static final List<String> PIECES = List.of(
            "\u001F\u008B\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u00FF",
            "\u001F\u008B\u0008\u001E\u0000\u0000\u0000\u0000\u0000\u0003\u0002\u0000abn\u0000c\u0000hh",
            "\u001F\u008B",
            "\u0003\u0000",
            "\u0003\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
            "\u0078\u009C",
            "\u0078\u00BB\u0000\u0000\u0000\u0001",
            "\u0001\u0003\u0000\u00FC\u00FFabc",
            "\u004B\u004C\u004A\u0006\u0000",
            "\u0000",
            "\u00FF",
            "\u0000\u0000\u0000\u0000",
            "abcabcabcabc");

    /// What came of decoding one stream.
    ///
    /// @param full whether the sink had no room for all
    private record Decoded(byte[] bytes, boolean full, boolean broken, boolean complete) {
        boolean sameAs(Decoded other) {
            return Arrays.equals(bytes, other.bytes)
                    && full == other.full
                    && broken == other.broken
                    && (full || broken || complete == other.complete);
        }

        @Override
        public String toString() {
            return "%d bytes%s%s%s %s"
                    .formatted(
                            bytes.length,
                            full ? ", full" : "",
                            broken ? ", broken" : "",
                            complete ? ", complete" : "",
                            new String(bytes, 0, Math.min(40, bytes.length), ISO_8859_1));
        }
    }

    @Override
    public String generate(RandomGenerator random) {
        boolean smallCap = random.nextInt(4) == 0;
        StringBuilder input = new StringBuilder();
        input.append((char) ('0' + (random.nextInt(8) > 0 ? random.nextInt(5) : random.nextInt(10))));
        input.append(smallCap ? '0' : (char) random.nextInt(256)).append((char) random.nextInt(256));
        input.append((char) random.nextInt(256));
        return input.append(EncodedBody.generate(random)).toString();
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public void check(String input) throws Exception {
        Choices choices = new Choices(input);
        String encoding = ENCODINGS.get(choices.below(ENCODINGS.size()));
        int cap = choices.size();
        int chunks = choices.below(256);
        boolean gzip = encoding.toLowerCase(Locale.ROOT).endsWith("gzip") && !encoding.contains(",")
                || encoding.equals("identity,gzip,");
        boolean deflate = encoding.contains("deflate");
        EncodedBody body = EncodedBody.read(choices, gzip, deflate);
        Decoded decoded = decode(encoding, body.bytes(), cap, body.bytes().length);
        checkChunking(encoding, body.bytes(), cap, chunks, decoded);
        Broken.unless(decoded.bytes.length <= cap, "the cap holds", decoded);
        Broken.unless(!decoded.full || decoded.bytes.length == cap, "full means that the cap is reached", decoded);
        if (!gzip && !deflate) {
            checkAsItCame(encoding, body.bytes(), decoded);
            return;
        }
        checkRecipe(encoding, body, cap, decoded);
        checkReference(gzip, body.bytes(), cap, decoded);
    }

    private static void checkChunking(String encoding, byte[] bytes, int cap, int chunks, Decoded decoded)
            throws Exception {
        Decoded inChunks = decode(encoding, bytes, cap, 1 + chunks);
        Broken.unless(
                inChunks.sameAs(decoded),
                "chunks do not matter",
                "in chunks of %d: %s; at once: %s".formatted(1 + chunks, inChunks, decoded));
        if (bytes.length <= BYTEWISE_MAX) {
            Decoded byteWise = decode(encoding, bytes, cap, 1);
            Broken.unless(
                    byteWise.sameAs(decoded),
                    "chunks do not matter",
                    "byte by byte: %s; at once: %s".formatted(byteWise, decoded));
        }
    }

    private static void checkAsItCame(String encoding, byte[] bytes, Decoded decoded) {
        Broken.unless(
                Arrays.equals(decoded.bytes, Arrays.copyOf(bytes, decoded.bytes.length))
                        && decoded.full == (bytes.length > decoded.bytes.length)
                        && !decoded.broken,
                "what is not encoded, or in an encoding that was not offered, stays as it came",
                decoded);
        try (ContentDecoder decoder = decoder(encoding)) {
            Broken.unlessEqual(
                    decoder.keepsEncoding(),
                    !encoding.isEmpty() && !encoding.equals("identity"),
                    "an encoding that was not undone is told");
        }
    }

    private static void checkRecipe(String encoding, EncodedBody body, int cap, Decoded decoded) throws Exception {
        byte[] text = body.text();
        if (text == null) {
            return;
        }
        if (body.isWhole()) {
            Broken.unless(
                    Arrays.equals(decoded.bytes, Arrays.copyOf(text, Math.min(cap, text.length))),
                    "a whole stream is decoded up to the cap",
                    decoded);
            Broken.unless(!decoded.broken, "a whole stream is not broken", decoded);
            Broken.unlessEqual(decoded.full, text.length > cap, "full means that there was more than the cap");
            Broken.unless(decoded.full || decoded.complete, "a whole stream is complete", decoded);
            return;
        }
        Decoded head = decode(encoding, Arrays.copyOf(body.bytes(), body.intactBytes()), cap, 4_096);
        Broken.unless(isPrefix(head.bytes, text), "what came before the damage is the text's beginning", head);
        Broken.unless(isPrefix(head.bytes, decoded.bytes), "what came before the damage is kept", decoded);
        Broken.unless(!head.broken, "a stream that breaks off is not a broken one", head);
        if (body.isCut() && !body.cutBetweenMembers()) {
            Broken.unless(!decoded.complete, "a stream that breaks off is not complete", decoded);
        }
    }

    private static boolean isPrefix(byte[] head, byte[] whole) {
        return head.length <= whole.length && Arrays.equals(head, Arrays.copyOf(whole, head.length));
    }

    /// Where the JDK's own decoder takes the whole of it, so do we, with the same result. But it takes
    /// for
    /// whole what has a second member whose header breaks off or does not fit its checksum: there we
    /// may find
    /// more, or a fault.
    private static void checkReference(boolean gzip, byte[] bytes, int cap, Decoded decoded) {
        byte[] expected = gzip ? gunzipped(bytes) : inflated(bytes);
        if (expected == null) {
            return;
        }
        byte[] kept = Arrays.copyOf(expected, Math.min(cap, expected.length));
        if (gzip && new String(bytes, ISO_8859_1).lastIndexOf("\u001F\u008B") > 0) {
            Broken.unless(isPrefix(kept, decoded.bytes), "what the JDK decodes is decoded, perhaps more", decoded);
            return;
        }
        Broken.unless(Arrays.equals(decoded.bytes, kept), "what the JDK decodes is decoded alike", decoded);
        Broken.unless(
                !decoded.broken && (decoded.full || decoded.complete),
                "what the JDK takes for whole is whole",
                decoded);
    }

    private static byte[] gunzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] all = in.readNBytes(EncodedBody.TEXT_MAX + 1);
            return all.length > EncodedBody.TEXT_MAX ? null : all;
        } catch (IOException notWhole) {
            return null;
        }
    }

    private static byte[] inflated(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        boolean zlib = (bytes[0] & 0x0F) == 8 && ((bytes[0] & 0xFF) * 256 + (bytes[1] & 0xFF)) % 31 == 0;
        try (Inflater inflater = new Inflater(!zlib)) {
            inflater.setInput(bytes);
            byte[] all = new byte[EncodedBody.TEXT_MAX + 1];
            int length = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(all, length, all.length - length);
                if (count == 0 && !inflater.finished()) {
                    return null;
                }
                length += count;
            }
            return Arrays.copyOf(all, length);
        } catch (DataFormatException notWhole) {
            return null;
        }
    }

    private static Decoded decode(String encoding, byte[] bytes, int cap, int chunkSize) throws Exception {
        ByteSink sink = new ByteSink(cap, chunkSize % 2 == 0 ? -1 : bytes.length);
        ContentDecoder decoder = decoder(encoding);
        boolean full = false;
        boolean broken = false;
        try (decoder) {
            for (int at = 0; at < bytes.length && !full && !broken; at += chunkSize) {
                // What was handed over before must not matter any more; the client's buffers are read-only.
                int count = Math.min(chunkSize, bytes.length - at);
                byte[] chunk = new byte[count + 2];
                System.arraycopy(bytes, at, chunk, 1, count);
                try {
                    full = !decoder.decode(ByteBuffer.wrap(chunk, 1, count).asReadOnlyBuffer(), sink);
                } catch (DataFormatException damaged) {
                    broken = true;
                }
                Arrays.fill(chunk, (byte) 0x55);
            }
            Broken.unless(
                    sink.array().length <= Math.max(cap, 0), "no more is allocated than the cap", sink.array().length);
            Broken.unlessEqual(sink.overflowed(), full, "full means that there was more than the cap");
            return new Decoded(Arrays.copyOf(sink.array(), sink.length()), full, broken, decoder.isComplete());
        } finally {
            checkClosed(decoder, 0);
        }
    }

    private static ContentDecoder decoder(String encoding) {
        return ContentDecoder.forHeaders(HttpHeaders.of(
                encoding.isEmpty() ? Map.of() : Map.of("Content-Encoding", List.of(encoding)), (_, _) -> true));
    }

    /// Every [Inflater] that the decoder holds, directly or through others of its package, has been
    /// ended.
    private static void checkClosed(Object holder, int depth) throws IllegalAccessException {
        for (Class<?> type = holder.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isSynthetic() || field.getType().isPrimitive()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(holder);
                if (value instanceof Inflater inflater) {
                    Broken.unless(isEnded(inflater), "inflaters are ended", field);
                } else if (value != null && isOurs(value.getClass()) && !(value instanceof Enum<?>) && depth < 3) {
                    checkClosed(value, depth + 1);
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().equals("dev.fetchline.http") && type != KeepingInflater.class;
    }

    private static boolean isEnded(Inflater inflater) {
        try {
            inflater.getBytesRead();
            return false;
        } catch (NullPointerException | IllegalStateException ended) {
            return true;
        }
    }
}
