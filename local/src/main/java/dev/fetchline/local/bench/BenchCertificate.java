package dev.fetchline.local.bench;

import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The web's certificate, ECDSA P-256, from an authority that the programs are told to trust.
///
/// @param context shows it, and gives out no tickets: each connection is a full handshake
/// @param authority the authority's certificate as PEM
record BenchCertificate(SSLContext context, Path authority) {
    /// A ticket is for a week at most (RFC 8446 section 4.6.1): where sessions are to last longer, the JDK's TLS gives
    /// none out, and no client can resume one.
    private static final int LONGER_THAN_A_TICKET = (int) Duration.ofDays(8).toSeconds();

    static BenchCertificate make(Path directory) {
        TestCertificate authority =
                TestCertificate.draft("Bench authority").authority().signed();
        TestCertificate server = TestCertificate.draft("bench")
                .issuedBy(authority)
                .hosts("127.0.0.1", "localhost")
                .purpose("1.3.6.1.5.5.7.3.1")
                .signed();
        SSLContext context = ServerKeys.showing(List.of(server));
        context.getServerSessionContext().setSessionTimeout(LONGER_THAN_A_TICKET);
        return new BenchCertificate(context, authority.pemIn(directory));
    }
}
