package dev.fetchline.http;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Sentences about certificates that are not accepted: which, and why. Whoever made a certificate chose
/// what stands in it, so all of it is cleaned and cut.
final class CertificateText {
    private static final int NAMES_MAX = 3;
    private static final int NAME_CHARS_MAX = 80;
    /// In subjectAltName (RFC 5280 section 4.2.1.6).
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private CertificateText() {}

    static boolean isOutOfDate(X509Certificate certificate) {
        Instant now = Instant.now();
        return now.isAfter(certificate.getNotAfter().toInstant())
                || now.isBefore(certificate.getNotBefore().toInstant());
    }

    /// Names the first that is.
    ///
    /// @param chain the server's own first
    static String outOfDate(X509Certificate[] chain) {
        for (X509Certificate certificate : chain) {
            if (isOutOfDate(certificate)) {
                String which = certificate.equals(chain[0])
                        ? "the certificate for " + names(chain[0])
                        : "the issuing certificate of " + name(certificate.getSubjectX500Principal());
                return which + " " + dates(certificate);
            }
        }
        return "a certificate between that for " + names(chain[0]) + " and its root is out of date";
    }

    private static String dates(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        return Instant.now().isAfter(end)
                ? "expired at " + end
                : "is not valid before " + certificate.getNotBefore().toInstant();
    }

    static String wrongHost(X509Certificate server, @Nullable String host) {
        return "the certificate is for " + names(server) + ", not for "
                + (host == null ? "this host" : ForeignText.shown(host, NAME_CHARS_MAX));
    }

    static String noPath(X509Certificate server) {
        X500Principal issuer = server.getIssuerX500Principal();
        return "the certificate for " + names(server)
                + (issuer.equals(server.getSubjectX500Principal())
                        ? " is signed by itself alone"
                        : ", issued by " + name(issuer) + ", leads to no trusted root");
    }

    static String notAccepted(X509Certificate server, CertificateException refused) {
        Throwable telling = refused;
        while (telling.getCause() != null && !(telling instanceof CertPathValidatorException)) {
            telling = telling.getCause();
        }
        return "the certificate for " + names(server) + " is not trusted: "
                + ForeignText.shown(String.valueOf(telling.getMessage()), NAME_CHARS_MAX);
    }

    private static String name(X500Principal principal) {
        return ForeignText.shown(principal.getName(X500Principal.RFC1779), NAME_CHARS_MAX);
    }

    /// The hosts that a certificate is for, or its subject where it names none.
    private static String names(X509Certificate certificate) {
        List<String> hosts = hosts(certificate);
        if (hosts.isEmpty()) {
            return name(certificate.getSubjectX500Principal());
        }
        String first = hosts.stream()
                .limit(NAMES_MAX)
                .map(host -> ForeignText.shown(host, NAME_CHARS_MAX))
                .collect(Collectors.joining(", "));
        return hosts.size() <= NAMES_MAX ? first : first + " and " + (hosts.size() - NAMES_MAX) + " more";
    }

    private static List<String> hosts(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().flatMap(CertificateText::host).toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /// @param name its type and its value
    private static Stream<String> host(List<?> name) {
        return name.size() == 2
                        && name.get(0) instanceof Integer type
                        && (type == DNS_NAME || type == IP_ADDRESS)
                        && name.get(1) instanceof String value
                ? Stream.of(value)
                : Stream.empty();
    }
}
