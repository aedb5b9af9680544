package dev.fetchline.local.bench;

import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The web's certificate, ECDSA P-256, from an authority that the programs are told to trust.
///
/// @param context shows it, and gives out no tickets: each connection is a full handshake
/// @param authority the authority's certificate as PEM
record BenchCertificate(SSLContext context, Path authority) {
    static {
        // Read by the JDK's TLS when its first server context is made. With none no client can resume a session.
        System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
    }

    static BenchCertificate make(Path directory) {
        TestCertificate authority =
                TestCertificate.draft("Bench authority").authority().signed();
        TestCertificate server = TestCertificate.draft("bench")
                .issuedBy(authority)
                .hosts("127.0.0.1", "localhost")
                .purpose("1.3.6.1.5.5.7.3.1")
                .signed();
        return new BenchCertificate(ServerKeys.showing(List.of(server)), authority.pemIn(directory));
    }
}
