package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.UUID;

/// Names that exist nowhere (RFC 6761 section 6.4): by what becomes of them the lock is known to be
/// there.
///
/// @param known has an answer from this lock and nobody else
/// @param denied has an address that is denied whatever the settings
record Canary(String known, InetAddress answer, String denied, InetAddress deniedAddress) {
    static Canary create() {
        String nonce = UUID.randomUUID().toString();
        byte[] documentation = {(byte) 192, 0, 2, (byte) (1 + Math.floorMod(nonce.hashCode(), 254))};
        String known = nonce + ".known.fetchline.invalid";
        String denied = nonce + ".denied.fetchline.invalid";
        return new Canary(known, Addresses.named(known, Addresses.of(documentation)), denied, Addresses.scoped(denied));
    }
}
