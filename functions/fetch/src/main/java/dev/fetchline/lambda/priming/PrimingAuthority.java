package dev.fetchline.lambda.priming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority that lives as long as priming does: its keys are drawn here, so that no key lies
/// in the package. Certificates are written byte by byte (RFC 5280), since Java has nothing that makes them.
///
/// @param certificate its own
/// @param server a certificate for 127.0.0.1 that it has signed
record PrimingAuthority(Certificate certificate, Certificate server, PrivateKey serverKey) {
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

    /// basicConstraints, critical: an authority.
    private static final byte[] IS_AUTHORITY = sequence(
            oid(0x55, 0x1d, 0x13), tagged(0x01, (byte) 0xff), tagged(0x04, sequence(tagged(0x01, (byte) 0xff))));

    /// subjectAltName: an IP address.
    private static final byte[] IS_LOOPBACK =
            sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, sequence(tagged(0x87, new byte[] {127, 0, 0, 1}))));

    static PrimingAuthority create() throws GeneralSecurityException {
        KeyPair authority = newKeys();
        KeyPair server = newKeys();
        return new PrimingAuthority(
                certificate("Priming authority", authority, authority, IS_AUTHORITY),
                certificate("Priming web", server, authority, IS_LOOPBACK),
                server.getPrivate());
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /// For those who are to trust it.
    String pem() throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /// Not bound yet; shows the server's certificate.
    ServerSocket serverSocket() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", serverKey, new char[0], new Certificate[] {server, certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket();
    }

    private static Certificate certificate(String name, KeyPair keys, KeyPair issuer, byte[] extension)
            throws GeneralSecurityException {
        byte[] body = sequence(
                tagged(0xa0, tagged(0x02, (byte) 2)),
                tagged(0x02, BigInteger.ONE.toByteArray()),
                ECDSA_WITH_SHA256,
                named("Priming authority"),
                // A snapshot may be taken at any time that this release is in use.
                sequence(time("20200101000000Z"), time("21000101000000Z")),
                named(name),
                keys.getPublic().getEncoded(),
                tagged(0xa3, sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuer.getPrivate());
        signature.update(body);
        byte[] whole = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, joined(new byte[1], signature.sign())));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] named(String commonName) {
        return sequence(tagged(
                0x31, sequence(oid(0x55, 0x04, 0x03), tagged(0x0c, commonName.getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] time(String generalized) {
        return tagged(0x18, generalized.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return tagged(0x06, bytes);
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, joined(parts));
    }

    private static byte[] tagged(int tag, byte... content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
