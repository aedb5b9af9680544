package dev.fetchline.local.hostile;

import dev.fetchline.local.hostile.HostileCase.Door;
import dev.fetchline.testing.TestCertificates;
import dev.fetchline.testing.TestCertificates.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;

/// The certificates that servers show: a right one, and those with one thing wrong.
final class TlsDoors {
    private final Identity right;
    private final Identity expired;
    private final Identity wrongHost;
    private final Identity untrusted;
    private final Path trusted;

    private TlsDoors(Path directory, String subject) throws IOException {
        right = TestCertificates.make(directory, subject, 30, "");
        expired = TestCertificates.make(directory, subject, 5, "-10d");
        wrongHost = TestCertificates.make(directory, "dns:other.example", 30, "");
        untrusted = TestCertificates.make(directory, subject, 31, "");
        trusted = directory.resolve("trusted.pem");
        Files.writeString(
                trusted,
                Files.readString(right.pem()) + Files.readString(expired.pem()) + Files.readString(wrongHost.pem()));
    }

    /// Makes the certificates, which takes seconds.
    ///
    /// @param directory for the files
    /// @param subject of all but one, as keytool has it
    static TlsDoors make(Path directory, String subject) throws IOException {
        return new TlsDoors(directory, subject);
    }

    /// The certificates that the function is to trust: all but one.
    Path trusted() {
        return trusted;
    }

    /// What puts TLS around a connection, with the certificate of that door.
    HostileServer.Wrapping wrapping(Door door) {
        Identity identity = switch (door) {
            case EXPIRED -> expired;
            case WRONG_HOST -> wrongHost;
            case UNTRUSTED -> untrusted;
            default -> right;
        };
        return below -> {
            SSLSocket tls = (SSLSocket) identity.context()
                    .getSocketFactory()
                    .createSocket(below, below.getInetAddress().getHostAddress(), below.getPort(), false);
            tls.setUseClientMode(false);
            return tls;
        };
    }
}
