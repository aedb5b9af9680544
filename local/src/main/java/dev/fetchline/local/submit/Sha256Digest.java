package dev.fetchline.local.submit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 for who digests more than one text.
final class Sha256Digest {
    private Sha256Digest() {}

    static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has it: java.security.MessageDigest says so.
            throw new IllegalStateException(impossible);
        }
    }
}
