package dev.fetchline.local.submit;

import dev.fetchline.progress.KeySum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What tells a record from all others of its batch, in 24 bytes: half of the SHA-256 of its sort key, which nobody can
/// make two of that are equal, and the hash that the batch's head counts it by.
///
/// @param high the first half of the fingerprint
/// @param low the second one
/// @param sumHash [KeySum#hash]
record Key(long high, long low, long sumHash) {
    /// @param digest SHA-256, for one thread
    static Key of(String sortKey, MessageDigest digest) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(sortKey.getBytes(StandardCharsets.UTF_8)));
        return new Key(hash.getLong(), hash.getLong(), KeySum.hash(sortKey));
    }
}
