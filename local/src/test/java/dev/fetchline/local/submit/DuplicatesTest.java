package dev.fetchline.local.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1 << 17, 500, 16})
    void the_same_are_found_in_one_round_and_in_many(int keysARound) throws IOException {
        Random random = new Random(7);
        try (Spool spool = new Spool(directory.resolve("spool"))) {
            Set<Integer> seen = new HashSet<>();
            long expected = 0;
            for (int i = 0; i < 20_000; i++) {
                int which = random.nextInt(12_000);
                expected += seen.add(which) ? 0 : 1;
                // Two of three are one host's: its file needs many rounds.
                String group = which % 3 == 0 ? "host" + which : "big";
                spool.add(
                        group, group, Key.of("http://" + group + "/" + which, Sha256Digest.create()), "\"u" + i + "\"");
            }
            spool.flush();
            Duplicates duplicates = Duplicates.of(spool, keysARound);
            assertThat(duplicates.count()).isEqualTo(expected);
            Set<Key> first = new HashSet<>();
            for (int file = 0; file < Spool.FILES; file++) {
                int its = file;
                spool.each(
                        file,
                        (index, entry) ->
                                assertThat(duplicates.contains(its, index)).isEqualTo(!first.add(entry.key())));
            }
        }
    }

    @Test
    void fingerprints_that_share_a_half_are_two() {
        Fingerprints fingerprints = new Fingerprints(8);
        assertThat(fingerprints.add(1, 2)).isTrue();
        assertThat(fingerprints.add(1, 3)).isTrue();
        assertThat(fingerprints.add(4, 2)).isTrue();
        assertThat(fingerprints.add(0, 0)).isTrue();
        assertThat(fingerprints.add(1, 2)).isFalse();
        assertThat(fingerprints.add(0, 0)).isFalse();
    }
}
