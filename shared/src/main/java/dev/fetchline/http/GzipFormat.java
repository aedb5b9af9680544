package dev.fetchline.http;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// `Content-Encoding: gzip`: one or more members (RFC 1952), fed piece by piece. [java.util.zip.GZIPInputStream] pulls,
/// and would need the whole compressed body first. Bytes after a whole member that start no other are ignored, as
/// browsers do.
final class GzipFormat implements InflateFormat {
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private enum Part {
        FIXED_HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DATA,
        TRAILER,
        IGNORED
    }

    private final Inflater inflater = new KeepingInflater(true);
    private final CRC32 crc = new CRC32();
    private byte[] input = new byte[0];
    private int position;
    private int end;

    private Part part = Part.FIXED_HEADER;
    /// Bytes of this part seen so far, and their value where it is a number (little endian).
    private int seen;

    private long number;
    private int flags;
    private int extraLength;
    private int wholeMembers;

    @Override
    public void accept(byte[] source, int offset, int count) {
        input = source;
        position = offset;
        end = offset + count;
    }

    @Override
    public int inflate(byte[] target) throws DataFormatException {
        while (true) {
            if (part == Part.DATA) {
                int inflated = inflateData(target);
                if (inflated > 0) {
                    return inflated;
                }
            }
            if (part == Part.IGNORED || position == end) {
                return 0;
            }
            if (part != Part.DATA) {
                takeByte(input[position++] & 0xff);
            }
        }
    }

    private int inflateData(byte[] target) throws DataFormatException {
        inflater.setInput(input, position, end - position);
        int inflated = inflater.inflate(target);
        position = end - inflater.getRemaining();
        crc.update(target, 0, inflated);
        if (inflated == 0 && inflater.needsDictionary()) {
            throw new DataFormatException("the data needs a preset dictionary");
        }
        if (inflater.finished()) {
            go(Part.TRAILER);
        }
        return inflated;
    }

    private void takeByte(int value) throws DataFormatException {
        switch (part) {
            case FIXED_HEADER -> takeFixedHeader(value);
            case EXTRA_LENGTH -> {
                extraLength |= value << (8 * seen);
                if (++seen == 2) {
                    go(extraLength == 0 ? afterExtra() : Part.EXTRA);
                }
            }
            case EXTRA -> {
                if (++seen == extraLength) {
                    go(afterExtra());
                }
            }
            case NAME -> {
                if (value == 0) {
                    go(afterName());
                }
            }
            case COMMENT -> {
                if (value == 0) {
                    go(afterComment());
                }
            }
            case HEADER_CRC -> {
                if (++seen == 2) {
                    go(Part.DATA);
                }
            }
            case TRAILER -> takeTrailer(value);
            case DATA, IGNORED -> throw new IllegalStateException(part.name());
        }
    }

    private void takeFixedHeader(int value) throws DataFormatException {
        int expected = switch (seen) {
            case 0 -> 0x1f;
            case 1 -> 0x8b;
            case 2 -> 8;
            default -> value;
        };
        if (value != expected) {
            if (wholeMembers > 0) {
                go(Part.IGNORED);
                return;
            }
            throw new DataFormatException("no gzip header");
        }
        if (seen == 3) {
            flags = value;
        }
        if (++seen == 10) {
            extraLength = 0;
            go((flags & FLAG_EXTRA) != 0 ? Part.EXTRA_LENGTH : afterExtra());
        }
    }

    private Part afterExtra() {
        return (flags & FLAG_NAME) != 0 ? Part.NAME : afterName();
    }

    private Part afterName() {
        return (flags & FLAG_COMMENT) != 0 ? Part.COMMENT : afterComment();
    }

    private Part afterComment() {
        return (flags & FLAG_HEADER_CRC) != 0 ? Part.HEADER_CRC : Part.DATA;
    }

    private void takeTrailer(int value) throws DataFormatException {
        number |= (long) value << (8 * (seen % 4));
        if (++seen == 4) {
            if (number != crc.getValue()) {
                throw new DataFormatException("the checksum does not fit");
            }
            number = 0;
        } else if (seen == 8) {
            if (number != (inflater.getBytesWritten() & 0xffffffffL)) {
                throw new DataFormatException("the length does not fit");
            }
            wholeMembers++;
            inflater.reset();
            crc.reset();
            go(Part.FIXED_HEADER);
        }
    }

    private void go(Part next) {
        part = next;
        seen = 0;
        number = 0;
    }

    @Override
    public boolean isComplete() {
        boolean betweenMembers = part == Part.FIXED_HEADER && seen == 0;
        // One byte after a whole member may be anything; both of the magic number begin another.
        boolean straySign = part == Part.FIXED_HEADER && seen == 1 && wholeMembers > 0;
        return betweenMembers || straySign || part == Part.IGNORED;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
