package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.testing.TestCertificate;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/// That no way leads around the check of the host. What it makes of certificates: FetcherTlsTest.
final class ServerTrustTest {
    private final TestCertificate good =
            TestCertificate.draft("me").hosts("127.0.0.1").signed();
    private final X509Certificate[] chain = {good.x509()};

    private ServerTrust trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("good", good.x509());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return new ServerTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
    }

    private static SSLEngine engine(String identification) throws GeneralSecurityException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("127.0.0.1", 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(identification);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Test
    void no_certificate_is_accepted_where_host_names_are_not_verified() throws Exception {
        ServerTrust trust = trusting();
        for (String identification : new String[] {"", null, "LDAPS"}) {
            SSLEngine engine = engine(identification);
            assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN", engine))
                    .isInstanceOfSatisfying(
                            CertificateRefused.class,
                            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.INTERNAL));
        }
    }

    @Test
    void no_certificate_is_accepted_where_the_host_is_not_known() throws Exception {
        ServerTrust trust = trusting();
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN", new Socket()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void nobody_is_accepted_as_a_client() throws Exception {
        ServerTrust trust = trusting();
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN", engine("HTTPS")))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN", new Socket()))
                .isInstanceOf(CertificateException.class);
    }
}
