package dev.fetchline.local.hostile;

import static dev.fetchline.local.hostile.Expected.ok;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bodies that are as large as a setting lets them be, many at once: what they can make the heap hold.
public final class HeavyCases {
    private static final String THEME = "heavy";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private HeavyCases() {}

    /// So many servers: bodies without end, bodies that announce 1 GB, bombs, and a few of one-byte chunks, which cost
    /// both sides a hundred times as much work.
    ///
    /// @param cap bytes of a body that the function reads, 8 MiB at most
    public static List<HostileCase> of(int count, int cap) {
        byte[] letters = letters(64 * 1_024);
        Expected ofLetters = ok().truncated("LENGTH").body(letters(cap));
        Expected ofZeros = ok().truncated("LENGTH").body(new byte[cap]);
        Script endless = Script.of(HEAD + "\r\n").thenForEver(letters);
        Script announced =
                Script.of(HEAD + "Content-Length: 1073741824\r\n\r\n").thenForEver(letters);
        Script bomb = Script.page("Content-Encoding: gzip\r\n", Compressed.zeros(16));
        Script chunks = Script.of(HEAD + "Transfer-Encoding: chunked\r\n\r\n")
                .thenForEver("1\r\na\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
        List<HostileCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(
                    i % 100 == 0
                            ? HostileCase.of(THEME, "one-byte chunks " + i, chunks, ofLetters)
                            : switch (i % 3) {
                                case 0 -> HostileCase.of(THEME, "without end " + i, endless, ofLetters);
                                case 1 -> HostileCase.of(THEME, "1 GB, it says " + i, announced, ofLetters);
                                default -> HostileCase.of(THEME, "bomb " + i, bomb, ofZeros);
                            });
        }
        return cases;
    }

    private static byte[] letters(int count) {
        byte[] letters = new byte[count];
        Arrays.fill(letters, (byte) 'a');
        return letters;
    }
}
