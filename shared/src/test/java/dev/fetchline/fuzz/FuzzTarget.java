package dev.fetchline.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/// A part of the product under fuzz: makes inputs by its grammar, and holds what the product makes of
/// any input against
/// its promises.
///
/// An input is a text; a target that reads bytes takes its characters as bytes (ISO-8859-1), and one
/// that needs more
/// than that reads choices from its first characters ([Choices]). So one mutator, one shrinker and one
/// form of corpus
/// serve all.
public interface FuzzTarget {
    /// An input by the grammar: near to what is valid, in all its forms.
    String generate(RandomGenerator random);

    /// Pieces that mutations put in.
    List<String> dictionary();

    /// The largest character that mutations make up: 0xFF where characters are bytes.
    default char charMax() {
        return 0xFF;
    }

    /// Reads the input with the product's code and judges what comes of it.
    ///
    /// @throws Broken where a promise is not kept
    /// @throws Exception or any error that the product let out: a finding as well
    void check(String input) throws Exception;
}
