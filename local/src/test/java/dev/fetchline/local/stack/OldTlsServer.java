package dev.fetchline.local.stack;

import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import dev.fetchline.testing.TestSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;

/// A web that speaks TLS 1.0 and 1.1 only, in a JVM of its own: what a JVM refuses to speak is settled
/// once, at its first handshake. It ends with its standard input.
final class OldTlsServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private OldTlsServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Prints its port, and writes the certificate that is to be trusted to the file that is named.
    static void main(String[] arguments) throws IOException {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        TestCertificate certificate =
                TestCertificate.draft("Old Server").hosts("127.0.0.1").signed();
        Files.copy(certificate.pemIn(Path.of(arguments[0]).getParent()), Path.of(arguments[0]));
        try (TestSockets server =
                TestSockets.start(ServerKeys.showing(certificate.chain()), List.of("TLSv1.1", "TLSv1"), (socket, _) -> {
                    TestSockets.readHead(socket.getInputStream());
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                })) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Until whoever started it closes the pipe, or is gone.
            }
        }
    }

    /// @param pem where its certificate is to be written
    static OldTlsServer start(Path pem) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OldTlsServer.class.getName(),
                        pem.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String port = out.readLine();
        if (port == null) {
            throw new IOException("the server did not start");
        }
        return new OldTlsServer(process, Integer.parseInt(port));
    }

    String url() {
        return "https://127.0.0.1:" + port + "/old";
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
