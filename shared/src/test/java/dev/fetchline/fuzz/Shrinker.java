package dev.fetchline.fuzz;

import java.util.function.Predicate;

/// Makes an input that breaks a promise small: takes pieces out, halves first and single characters
/// last, then makes
/// what is left plain, as long as it still breaks the same promise.
final class Shrinker {
    private static final int TRIES_MAX = 4_000;

    private final Predicate<String> stillBreaks;
    private int tries;

    private Shrinker(Predicate<String> stillBreaks) {
        this.stillBreaks = stillBreaks;
    }

    static String shrink(String input, Predicate<String> stillBreaks) {
        Shrinker shrinker = new Shrinker(stillBreaks);
        String small = shrinker.withoutPieces(input);
        return shrinker.withoutPieces(shrinker.plain(small));
    }

    private String withoutPieces(String input) {
        String small = input;
        for (int size = Math.max(1, small.length() / 2); size >= 1; size /= 2) {
            boolean progress = true;
            while (progress && tries < TRIES_MAX) {
                progress = false;
                for (int at = 0; at + size <= small.length(); ) {
                    String less = small.substring(0, at) + small.substring(at + size);
                    if (holds(less)) {
                        small = less;
                        progress = true;
                    } else {
                        at += size;
                    }
                }
            }
        }
        return small;
    }

    private String plain(String input) {
        StringBuilder small = new StringBuilder(input);
        for (int i = 0; i < small.length(); i++) {
            char was = small.charAt(i);
            for (char simple : new char[] {'a', '0', ' '}) {
                if (was == 'a' || was == '0') {
                    break;
                }
                small.setCharAt(i, simple);
                if (holds(small.toString())) {
                    break;
                }
                small.setCharAt(i, was);
            }
        }
        return small.toString();
    }

    private boolean holds(String input) {
        return tries++ < TRIES_MAX && stillBreaks.test(input);
    }
}
