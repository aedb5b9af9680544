package dev.fetchline.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A certificate with its key, written byte by byte (RFC 5280), so that anything can stand in it.
///
/// @param issuer itself where it is null
public record TestCertificate(
        X509Certificate x509, KeyPair keys, @Nullable TestCertificate issuer) {
    /// Subject names a certificate may be issued to, and how.
    ///
    /// @param hosts names, or addresses as literals
    /// @param purpose an object identifier for extendedKeyUsage, or null
    public record Draft(
            String name,
            @Nullable TestCertificate issuer,
            Instant from,
            Instant to,
            List<String> hosts,
            boolean isAuthority,
            @Nullable String purpose) {
        public Draft issuedBy(TestCertificate by) {
            return new Draft(name, by, from, to, hosts, isAuthority, purpose);
        }

        /// @param from days from now, as `to`; negative for the past
        public Draft validDays(int from, int to) {
            Instant now = Instant.now();
            return new Draft(
                    name,
                    issuer,
                    now.plus(Duration.ofDays(from)),
                    now.plus(Duration.ofDays(to)),
                    hosts,
                    isAuthority,
                    purpose);
        }

        public Draft hosts(String... hosts) {
            return new Draft(name, issuer, from, to, List.of(hosts), isAuthority, purpose);
        }

        public Draft authority() {
            return new Draft(name, issuer, from, to, hosts, true, purpose);
        }

        public Draft purpose(String oid) {
            return new Draft(name, issuer, from, to, hosts, isAuthority, oid);
        }

        /// By ECDSA with SHA-256.
        public TestCertificate signed() {
            return signed("SHA256withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.2")), "EC", 256);
        }

        /// As nobody should any more.
        public TestCertificate signedByMd5() {
            return signed("MD5withRSA", Der.sequence(Der.oid("1.2.840.113549.1.1.4"), Der.nothing()), "RSA", 2048);
        }

        private TestCertificate signed(String algorithm, byte[] algorithmId, String keyType, int keyBits) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(issuer == null ? keyType : "EC");
                generator.initialize(issuer == null ? keyBits : 256);
                KeyPair keys = generator.generateKeyPair();
                byte[] body = body(keys, algorithmId);
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign((issuer == null ? keys : issuer.keys()).getPrivate());
                signature.update(body);
                byte[] whole = Der.sequence(body, algorithmId, Der.bits(signature.sign()));
                return new TestCertificate(
                        (X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(whole)),
                        keys,
                        issuer);
            } catch (GeneralSecurityException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private byte[] body(KeyPair keys, byte[] algorithmId) {
            byte[] subject = distinguished(name);
            return Der.sequence(
                    Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(62, new Random()).add(BigInteger.ONE)),
                    algorithmId,
                    issuer == null
                            ? subject
                            : issuer.x509().getSubjectX500Principal().getEncoded(),
                    Der.sequence(Der.time(from), Der.time(to)),
                    subject,
                    keys.getPublic().getEncoded(),
                    Der.tagged(0xa3, Der.sequence(extensions())));
        }

        private byte[][] extensions() {
            List<byte[]> all = new ArrayList<>();
            if (isAuthority) {
                all.add(Der.sequence(Der.oid("2.5.29.19"), Der.yes(), Der.octets(Der.sequence(Der.yes()))));
            }
            if (!hosts.isEmpty()) {
                byte[][] names = hosts.stream().map(Draft::general).toArray(byte[][]::new);
                all.add(Der.sequence(Der.oid("2.5.29.17"), Der.octets(Der.sequence(names))));
            }
            if (purpose != null) {
                all.add(Der.sequence(Der.oid("2.5.29.37"), Der.octets(Der.sequence(Der.oid(purpose)))));
            }
            return all.toArray(byte[][]::new);
        }

        private static byte[] general(String host) {
            return host.matches("[0-9.]+")
                    ? Der.tagged(0x87, InetAddress.ofLiteral(host).getAddress())
                    : Der.tagged(0x82, host.getBytes(StandardCharsets.ISO_8859_1));
        }

        private static byte[] distinguished(String commonName) {
            return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
        }
    }

    /// A draft of a certificate that signs itself and is valid for ten days.
    public static Draft draft(String commonName) {
        return new Draft(commonName, null, Instant.EPOCH, Instant.EPOCH, List.of(), false, null).validDays(-10, 10);
    }

    /// This one and those above it, the root too.
    public List<TestCertificate> chain() {
        List<TestCertificate> chain = new ArrayList<>();
        for (TestCertificate next = this; next != null; next = next.issuer()) {
            chain.add(next);
        }
        return chain;
    }

    /// A file for those who are to trust it.
    public Path pemIn(Path directory) {
        try {
            Path file = Files.createTempFile(directory, "certificate", ".pem");
            return Files.writeString(
                    file,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder().encodeToString(x509.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
