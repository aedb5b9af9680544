package dev.fetchline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipFormatTest {
    private static final int FIXED_HEADER_BYTES = 10;

    @Test
    void a_second_member_that_breaks_off_in_its_header_leaves_the_body_incomplete() throws Exception {
        for (int bytes = 2; bytes <= FIXED_HEADER_BYTES; bytes++) {
            assertThat(isComplete(bytes))
                    .as("%d bytes of a second member", bytes)
                    .isFalse();
        }
    }

    @Test
    void one_byte_after_a_whole_member_may_be_anything() throws Exception {
        assertThat(isComplete(0)).isTrue();
        assertThat(isComplete(1)).isTrue();
    }

    private static boolean isComplete(int bytesOfSecondMember) throws IOException, DataFormatException {
        byte[] member = gzip("hello");
        GzipFormat format = new GzipFormat();
        byte[] chunk = new byte[64];
        format.accept(member, 0, member.length);
        while (format.inflate(chunk) > 0) {
            // To the end of the first.
        }
        format.accept(member, 0, bytesOfSecondMember);
        assertThat(format.inflate(chunk)).isZero();
        boolean complete = format.isComplete();
        format.close();
        return complete;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
