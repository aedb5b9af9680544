package dev.fetchline.local.submit;

/// A set of fingerprints of 128 bits, in an array of its own: 16 bytes for each, and as much again that is free.
final class Fingerprints {
    /// Both halves zero mean an empty slot; the one fingerprint in 2^128 that is so has this in its place.
    private static final long IN_PLACE_OF_ZERO = 1;

    private final long[] slots;
    private final int mask;

    /// @param sizeMax fingerprints that will be added at most
    Fingerprints(int sizeMax) {
        int capacity = Integer.highestOneBit(Math.max(8, sizeMax)) * 2;
        if (capacity < sizeMax + sizeMax / 3) {
            capacity *= 2;
        }
        this.slots = new long[2 * capacity];
        this.mask = capacity - 1;
    }

    /// Whether it was not there before.
    boolean add(long high, long low) {
        long stored = high == 0 && low == 0 ? IN_PLACE_OF_ZERO : low;
        // The low bits choose the slot; the caller may have chosen this set by the high ones.
        for (int slot = (int) low & mask; ; slot = (slot + 1) & mask) {
            long heldHigh = slots[2 * slot];
            long heldLow = slots[2 * slot + 1];
            if (heldHigh == 0 && heldLow == 0) {
                slots[2 * slot] = high;
                slots[2 * slot + 1] = stored;
                return true;
            }
            if (heldHigh == high && heldLow == stored) {
                return false;
            }
        }
    }
}
