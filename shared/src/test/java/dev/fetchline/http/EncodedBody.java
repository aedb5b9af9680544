package dev.fetchline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fetchline.fuzz.Choices;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// A body as a server may send it: a known text, compressed, and perhaps damaged; or bytes of which
/// nothing is known.
///
/// @param bytes what is sent
/// @param text what a whole stream decodes to; null where that is not known
/// @param intactBytes how many of the bytes are as they should be
/// @param isCut whether bytes are missing at the end
/// @param cutBetweenMembers whether they are missing where nothing shows it: one byte alone begins no
/// member
record EncodedBody(byte[] bytes, byte @Nullable [] text, int intactBytes, boolean isCut, boolean cutBetweenMembers) {
    /// No text is longer.
    static final int TEXT_MAX = 300_000;

    private static final int REPEATS_MAX = 200;

    /// A recipe: raw bytes or not, level, header fields of gzip, members, kind of damage and its place
    /// (two), a byte,
    /// repetitions of the text, and the text.
    static String generate(RandomGenerator random) {
        StringBuilder recipe = new StringBuilder();
        recipe.append(random.nextInt(8) == 0 ? '0' : '1').append((char) ('0' + random.nextInt(10)));
        recipe.append((char) random.nextInt(32)).append((char) ('0' + random.nextInt(3)));
        recipe.append((char) ('0' + random.nextInt(6)));
        recipe.append(random.nextBoolean() ? '0' : (char) random.nextInt(256)).append((char) random.nextInt(256));
        recipe.append((char) random.nextInt(256));
        recipe.append(random.nextInt(12) == 0 ? (char) random.nextInt(256) : '0');
        boolean plain = random.nextBoolean();
        for (int n = random.nextInt(random.nextInt(8) == 0 ? 2_000 : 60); n > 0; n--) {
            recipe.append((char) (plain ? 'a' + random.nextInt(3) : random.nextInt(256)));
        }
        return recipe.toString();
    }

    /// Whether it decodes to all of the text. Bytes behind a gzip stream do not matter.
    boolean isWhole() {
        return text != null && !isCut && intactBytes >= bytes.length;
    }

    /// Reads a recipe.
    static EncodedBody read(Choices choices, boolean gzip, boolean deflate) {
        boolean raw = choices.below(2) == 0;
        if (raw || (!gzip && !deflate)) {
            byte[] bytes = choices.rest().getBytes(ISO_8859_1);
            return new EncodedBody(bytes, null, bytes.length, false, false);
        }
        int level = choices.below(10);
        int flags = choices.below(32);
        int members = 1 + choices.below(3);
        int damage = choices.below(6);
        int place = choices.size();
        int value = choices.below(256);
        int repeats = Math.min(REPEATS_MAX, 1 + choices.below(256));
        byte[] piece = choices.rest().getBytes(ISO_8859_1);
        byte[] text = repeated(piece, Math.max(1, Math.min(repeats, TEXT_MAX / 3 / Math.max(1, piece.length))));
        if (deflate) {
            return damaged(deflated(text, level, flags % 2 == 0), text, 0, damage == 4 ? 0 : damage, place, value);
        }
        byte[] one = member(text, level, flags);
        return damaged(repeated(one, members), repeated(text, members), one.length, damage, place, value);
    }

    private static byte[] repeated(byte[] piece, int times) {
        byte[] all = new byte[piece.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    private static EncodedBody damaged(byte[] whole, byte[] text, int member, int damage, int place, int value) {
        int at = whole.length == 0 ? 0 : place % whole.length;
        return switch (damage) {
            case 1 ->
                new EncodedBody(
                        Arrays.copyOf(whole, at),
                        text,
                        at,
                        true,
                        at == 0 || member > 0 && at >= member && at % member <= 1);
            case 2 -> {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << value % 8);
                yield new EncodedBody(flipped, text, at, false, false);
            }
            case 3 -> {
                byte[] set = whole.clone();
                set[at] = (byte) value;
                yield new EncodedBody(set, text, at, false, false);
            }
            // A byte that begins no other member.
            case 4 ->
                new EncodedBody(
                        appended(whole, value == 0x1F ? 0 : value, 1 + place % 20),
                        text,
                        whole.length + 20,
                        false,
                        false);
            default -> new EncodedBody(whole, text, whole.length, false, false);
        };
    }

    private static byte[] appended(byte[] whole, int value, int times) {
        byte[] longer = Arrays.copyOf(whole, whole.length + times);
        Arrays.fill(longer, whole.length, longer.length, (byte) value);
        return longer;
    }

    private static byte[] deflated(byte[] text, int level, boolean zlib) {
        try (Deflater deflater = new Deflater(level, !zlib)) {
            deflater.setInput(text);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[4_096];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        }
    }

    /// RFC 1952 section 2.3.
    private static byte[] member(byte[] text, int level, int flags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if ((flags & 4) != 0) {
            out.writeBytes(new byte[] {(byte) (flags % 3 * 2), 0});
            out.writeBytes(new byte[flags % 3 * 2]);
        }
        if ((flags & 8) != 0) {
            out.writeBytes(new byte[] {'n', 0});
        }
        if ((flags & 16) != 0) {
            out.writeBytes(new byte[] {'c', 'c', 0});
        }
        CRC32 crc = new CRC32();
        if ((flags & 2) != 0) {
            crc.update(out.toByteArray());
            out.writeBytes(new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
            crc.reset();
        }
        out.writeBytes(deflated(text, level, false));
        crc.update(text);
        number(out, crc.getValue());
        number(out, text.length);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long value) {
        for (int i = 0; i < 4; i++) {
            out.write((int) (value >> 8 * i));
        }
    }
}
