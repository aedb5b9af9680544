package dev.fetchline.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges the certificates of servers as the JDK does, and says by type what is wrong with them: not
/// trusted, out of date, or of another host, whichever of these comes first. It also checks what the JDK
/// leaves out: a server's own certificate that is itself trusted is accepted by the JDK whatever its
/// dates say. Trusting a certificate is not trusting it for ever.
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager jdk;
    private final AcceptedChains accepted = new AcceptedChains(InstantSource.system());

    ServerTrust(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!"HTTPS".equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw new CertificateRefused(
                    FailureKind.INTERNAL, "no certificate is accepted where host names are not verified", null);
        }
        String jdksAuthType = jdks(authType);
        String key = AcceptedChains.keyOf(chain, jdksAuthType, engine);
        if (accepted.holds(key)) {
            return;
        }
        try {
            jdk.checkServerTrusted(chain, jdksAuthType, engine);
            chain[0].checkValidity();
            accepted.add(key, chain);
        } catch (CertificateException refused) {
            throw reasoned(chain, jdksAuthType, engine.getPeerHost(), refused);
        }
    }

    /// The JDK's name for a key exchange that says nothing about the certificate, as in TLS 1.3;
    /// Conscrypt has another.
    private static String jdks(String authType) {
        return authType.equals("GENERIC") ? "UNKNOWN" : authType;
    }

    private CertificateRefused reasoned(
            X509Certificate[] chain, String authType, @Nullable String host, CertificateException refused) {
        if (causes(refused).anyMatch(ServerTrust::isOutOfDate)) {
            return new CertificateRefused(FailureKind.TLS_EXPIRED, CertificateText.outOfDate(chain), refused);
        }
        if (causes(refused).anyMatch(CertPathBuilderException.class::isInstance)) {
            // The builder looks for paths that are valid now, and does not say that it found one that was.
            return isTrustedAtItsTime(chain)
                    ? new CertificateRefused(FailureKind.TLS_EXPIRED, CertificateText.outOfDate(chain), refused)
                    : new CertificateRefused(FailureKind.TLS_UNTRUSTED, CertificateText.noPath(chain[0]), refused);
        }
        if (causes(refused).noneMatch(CertPathValidatorException.class::isInstance)
                && isTrustedForAnyHost(chain, authType)) {
            return CertificateText.isOutOfDate(chain[0])
                    ? new CertificateRefused(FailureKind.TLS_EXPIRED, CertificateText.outOfDate(chain), refused)
                    : new CertificateRefused(
                            FailureKind.TLS_WRONG_HOST, CertificateText.wrongHost(chain[0], host), refused);
        }
        return new CertificateRefused(
                FailureKind.TLS_UNTRUSTED, CertificateText.notAccepted(chain[0], refused), refused);
    }

    private static boolean isOutOfDate(Throwable failure) {
        return failure instanceof CertificateExpiredException
                || failure instanceof CertificateNotYetValidException
                || (failure instanceof CertPathValidatorException invalid
                        && (invalid.getReason() == BasicReason.EXPIRED
                                || invalid.getReason() == BasicReason.NOT_YET_VALID));
    }

    private boolean isTrustedForAnyHost(X509Certificate[] chain, String authType) {
        try {
            jdk.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException refused) {
            return false;
        }
    }

    /// Whether there was a path from the chain to a trusted root when all of its certificates were valid.
    private boolean isTrustedAtItsTime(X509Certificate[] chain) {
        if (Arrays.stream(chain).noneMatch(CertificateText::isOutOfDate)) {
            return false;
        }
        try {
            X509CertSelector server = new X509CertSelector();
            server.setCertificate(chain[0]);
            Set<TrustAnchor> roots = Arrays.stream(jdk.getAcceptedIssuers())
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toSet());
            PKIXBuilderParameters path = new PKIXBuilderParameters(roots, server);
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            path.setRevocationEnabled(false);
            path.setDate(itsTime(chain));
            CertPathBuilder.getInstance("PKIX").build(path);
            return true;
        } catch (GeneralSecurityException noPath) {
            return false;
        }
    }

    /// When the last of them began, or, where the first had ended by then, when the server's own did.
    private static Date itsTime(X509Certificate[] chain) {
        Instant lastStart = Arrays.stream(chain)
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant firstEnd = Arrays.stream(chain)
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return lastStart.isBefore(firstEnd) ? Date.from(lastStart) : chain[0].getNotBefore();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    /// The client has engines only, and without one it is not known which host is meant.
    private static CertificateException noEngine() {
        return new CertificateException("certificates are judged for the engine of a connection, and for nothing else");
    }

    private static CertificateException noServer() {
        return new CertificateException("certificates of servers are judged, and no others");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }
}
