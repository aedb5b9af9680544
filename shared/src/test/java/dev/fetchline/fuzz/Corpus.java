package dev.fetchline.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The inputs that mutations start from: those of the repository, and those that reached code, or a way
/// through it,
/// that
/// none before had.
final class Corpus {
    /// Ways are many; more than this many would drown those that reached new code.
    private static final int WAYS_KEPT_MAX = 400;

    private static final int WAYS_KNOWN_MAX = 200_000;

    /// A long input is slow, and its mutations hit what matters seldom.
    private static final int KEPT_CHARS_MAX = 3_000;

    private final List<String> inputs;
    private final List<String> ways = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    Corpus(List<String> seeds) {
        inputs = new ArrayList<>(seeds);
    }

    /// The corpus file of a target: an input a line, written as in a Java string; empty lines and those
    /// that start with
    /// `#` are not.
    static List<String> seedsOf(String target) {
        String file = "/fuzz/" + target + "/corpus.txt";
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no corpus: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(EscapedText::unescape)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String pick(RandomGenerator random) {
        boolean way = !ways.isEmpty() && random.nextInt(3) == 0;
        List<String> from = way ? ways : inputs;
        return from.get(random.nextInt(from.size()));
    }

    /// Keeps the input if it was the first to get somewhere.
    void judge(String input, Probes.Seen seen, RandomGenerator random) {
        boolean isShort = input.length() <= KEPT_CHARS_MAX;
        if (seen.newOnes() > 0) {
            inputs.add(isShort ? input : input.substring(0, KEPT_CHARS_MAX));
        }
        if (known.size() < WAYS_KNOWN_MAX && known.add(seen.path()) && isShort) {
            if (ways.size() < WAYS_KEPT_MAX) {
                ways.add(input);
            } else {
                ways.set(random.nextInt(WAYS_KEPT_MAX), input);
            }
        }
    }

    /// Inputs that are kept for good.
    int size() {
        return inputs.size();
    }

    /// Distinct ways through the code that were seen.
    int waysSeen() {
        return known.size();
    }
}
