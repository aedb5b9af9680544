package dev.fetchline.http;

import dev.fetchline.intake.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Certificates that were accepted a few minutes ago, for the next connections to the same host: to judge
/// the same chain again, name and all, gives the same answer. A TLS session that is resumed goes without
/// that judgement too (RFC 8446 section 2.2), and for hours.
///
/// Only what was accepted is remembered, only for the host and the version of TLS for which it was, and
/// no longer than each certificate of the chain is valid.
final class AcceptedChains {
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    static final int CHAINS_MAX = 1_000;

    private final InstantSource clock;
    private final SequencedMap<String, Instant> untils = new LinkedHashMap<>();

    AcceptedChains(InstantSource clock) {
        this.clock = clock;
    }

    /// What a judgement depends on; null where something of it is not known.
    ///
    /// @param engine in its handshake
    static @Nullable String keyOf(X509Certificate[] chain, String authType, SSLEngine engine) {
        SSLSession handshake = engine.getHandshakeSession();
        String host = engine.getPeerHost();
        if (handshake == null || host == null) {
            return null;
        }
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            // A line break is in none of them, so where one ends is not in doubt.
            String head = host + "\n" + authType + "\n" + handshake.getProtocol() + "\n";
            all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            for (X509Certificate certificate : chain) {
                // DER says its own length.
                all.writeBytes(certificate.getEncoded());
            }
            byte[] bytes = all.toByteArray();
            return Sha256.hex(bytes, bytes.length);
        } catch (CertificateEncodingException unknown) {
            return null;
        }
    }

    synchronized boolean holds(@Nullable String key) {
        Instant until = untils.get(key);
        return until != null && clock.instant().isBefore(until);
    }

    synchronized void add(@Nullable String key, X509Certificate[] chain) {
        if (key == null) {
            return;
        }
        Instant until = clock.instant().plus(REMEMBERED);
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            until = end.isBefore(until) ? end : until;
        }
        // Put last: the first is the oldest.
        untils.remove(key);
        untils.put(key, until);
        if (untils.size() > CHAINS_MAX) {
            untils.pollFirstEntry();
        }
    }
}
