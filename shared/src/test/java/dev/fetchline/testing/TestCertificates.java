package dev.fetchline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Self-signed certificates, made by the JDK's own keytool.
public final class TestCertificates {
    private static final String PASSWORD = "password";

    private TestCertificates() {}

    /// A server's key and certificate.
    ///
    /// @param context for the server
    /// @param pem the certificate, for those who are to trust it
    public record Identity(SSLContext context, Path pem) {}

    /// A certificate for a name or address.
    ///
    /// @param subject as keytool has it: `ip:127.0.0.1` or `dns:example.com`
    /// @param days of validity from its start
    /// @param start as keytool has it: empty for now, `-10d` for ten days ago
    public static Identity make(Path directory, String subject, int days, String start) {
        try {
            String name = (subject + start + days).replaceAll("[^A-Za-z0-9]", "_");
            Path store = directory.resolve(name + ".p12");
            Path pem = directory.resolve(name + ".pem");
            List<String> generate = new ArrayList<>(List.of(
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + subject,
                    "-validity",
                    Integer.toString(days),
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD,
                    "-storetype",
                    "PKCS12"));
            if (!start.isEmpty()) {
                generate.addAll(List.of("-startdate", start));
            }
            keytool(generate);
            keytool(List.of(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    "server",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD,
                    "-file",
                    pem.toString()));
            return new Identity(contextOf(store), pem);
        } catch (IOException | InterruptedException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    private static SSLContext contextOf(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
