package dev.fetchline.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/// Small damages to an input, several at once.
final class Mutator {
    private static final int CHARS_MAX = 20_000;
    private static final int DAMAGES_MAX = 4;

    private final RandomGenerator random;
    private final List<String> dictionary;
    private final int charMax;

    Mutator(RandomGenerator random, List<String> dictionary, char charMax) {
        this.random = random;
        this.dictionary = dictionary;
        this.charMax = charMax;
    }

    /// The input with one to four damages.
    ///
    /// @param other what a part may be taken from
    String mutate(String input, String other) {
        StringBuilder text = new StringBuilder(input);
        for (int n = 1 + random.nextInt(DAMAGES_MAX); n > 0; n--) {
            damage(text, other);
            if (text.length() > CHARS_MAX) {
                text.setLength(CHARS_MAX);
            }
        }
        return text.toString();
    }

    private void damage(StringBuilder text, String other) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(12)));
        switch (random.nextInt(12)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.setLength(from);
            case 2 -> text.insert(from, text.substring(from, to));
            case 3, 4, 5 -> text.insert(from, piece());
            case 6 -> text.replace(from, to, piece());
            case 7 -> text.insert(from, someCharacter());
            case 8 -> changeOne(text, from);
            case 9 -> text.insert(from, slice(other));
            case 10 -> changeNumber(text, from);
            default -> insertMany(text, from);
        }
    }

    private String piece() {
        return dictionary.get(random.nextInt(dictionary.size()));
    }

    private char someCharacter() {
        return (char) random.nextInt(random.nextInt(3) > 0 ? 0x80 : charMax + 1);
    }

    private void changeOne(StringBuilder text, int at) {
        if (at == text.length()) {
            return;
        }
        char c = text.charAt(at);
        text.setCharAt(
                at,
                switch (random.nextInt(5)) {
                    case 0 -> (char) (c ^ 1 << random.nextInt(8));
                    case 1 -> (char) (c + 1);
                    case 2 -> (char) Math.max(0, c - 1);
                    case 3 -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
                    default -> someCharacter();
                });
    }

    private String slice(String other) {
        int from = random.nextInt(other.length() + 1);
        return other.substring(from, from + random.nextInt(other.length() - from + 1));
    }

    /// Numbers are wrong at their limits: one more, one less, ten times as much.
    private void changeNumber(StringBuilder text, int near) {
        int from = near;
        while (from < text.length() && !isDigit(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to)) && to - from < 18) {
            to++;
        }
        if (from == to) {
            return;
        }
        long number = Long.parseLong(text.substring(from, to));
        text.replace(
                from,
                to,
                switch (random.nextInt(5)) {
                    case 0 -> Long.toString(number + 1);
                    case 1 -> Long.toString(number - 1);
                    case 2 -> number + "0";
                    case 3 -> "0" + number;
                    default -> Long.toString(random.nextLong(-1, 70_000));
                });
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Rare, and long: limits on sizes are behind it.
    private void insertMany(StringBuilder text, int at) {
        String piece = piece();
        int times = random.nextInt(50) == 0 ? random.nextInt(1_000) : random.nextInt(12);
        text.insert(at, piece.repeat(Math.min(times, CHARS_MAX / Math.max(1, piece.length()))));
    }
}
