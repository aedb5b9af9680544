package dev.fetchline.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the one [HttpClient] of an environment.
public final class FetchClient {
    /// TCP and the TLS handshake; the attempt's own limit still holds.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private FetchClient() {}

    /// An HTTP/1.1 client that follows no redirect, uses no proxy, keeps no cookie and verifies
    /// certificates and host names.
    ///
    /// @param executor runs the client's own steps; its threads may block in name look-ups
    /// @param extraCaFile certificates in PEM trusted besides the JDK's own, or null
    /// @param tls provides TLS, see [NativeCrypto]; the JDK's own where it is empty
    /// @throws IllegalArgumentException where that file cannot be read or holds no certificate
    public static HttpClient create(Executor executor, @Nullable Path extraCaFile, Optional<Provider> tls) {
        BodyParserAssertions.enable();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(Handshake.carriedBy(executor))
                .version(HttpClient.Version.HTTP_1_1)
                // Every hop goes through the guard, so we walk them ourselves.
                .followRedirects(HttpClient.Redirect.NEVER)
                // A proxy from the system's properties would see and resolve what the guard has judged.
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslParameters(tlsParameters())
                .sslContext(new WatchedContext(context(extraCaFile, tls)));
        return new RenewedClient(builder::build);
    }

    /// Whether [#create] takes the file.
    public static boolean holdsCertificates(Path file) {
        try {
            return !readCertificates(file).isEmpty();
        } catch (IllegalArgumentException unusable) {
            return false;
        }
    }

    private static SSLParameters tlsParameters() {
        SSLParameters parameters = new SSLParameters();
        // The Lambda runtime client lets TLS 1.0 and 1.1 back in for the whole JVM; RFC 8996 says they must not be
        // used.
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        // The client does this itself, unless jdk.internal.httpclient.disableHostnameVerification is set.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    private static SSLContext context(@Nullable Path extraCaFile, Optional<Provider> tls) {
        try {
            KeyStore trusted = extraCaFile == null ? null : withTheJdks(readCertificates(extraCaFile));
            SSLContext context =
                    tls.isPresent() ? SSLContext.getInstance("TLS", tls.get()) : SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(trustManager(trusted))}, null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalArgumentException("the JDK's trusted certificates cannot be read", failure);
        }
    }

    private static KeyStore withTheJdks(Collection<? extends Certificate> extra)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        for (X509Certificate own : trustManager(null).getAcceptedIssuers()) {
            trusted.setCertificateEntry("jdk-" + count++, own);
        }
        for (Certificate certificate : extra) {
            trusted.setCertificateEntry("extra-" + count++, certificate);
        }
        return trusted;
    }

    /// The JDK's own judge of certificates.
    ///
    /// @param trusted those to trust, or null for the JDK's own
    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JDK has no trust manager for X.509");
    }

    private static Collection<? extends Certificate> readCertificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalArgumentException(unusable(file), failure);
        }
        throw new IllegalArgumentException(unusable(file));
    }

    private static String unusable(Path file) {
        return "found " + file + ", expected a readable PEM file with at least one certificate";
    }
}
