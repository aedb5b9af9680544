package dev.fetchline.local.cli;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.FixedNames;
import dev.fetchline.guard.Network;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.local.stack.LocalStackSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options of every command that fetches: what may be fetched, and the function's other knobs.
final class FetchOptions {
    private static final String ALLOW_NETWORKS = "FETCH_ALLOW_NETWORKS";
    private static final String ALLOW_PORTS = "FETCH_ALLOW_PORTS";
    private static final String RESOLVE = "FETCH_RESOLVE";
    private static final String TIMEOUT_MS = "FETCH_TIMEOUT_MS";
    private static final String EXTRA_CA_FILE = "FETCH_EXTRA_CA_FILE";

    @Option(
            names = "--allow-network",
            paramLabel = "CIDR",
            converter = NetworkConverter.class,
            description = "Let the function fetch from this network, such as 127.0.0.0/8; private and special networks"
                    + " are refused otherwise. Can be given more than once.")
    List<Network> allowNetworks = new ArrayList<>();

    @Option(
            names = "--allow-port",
            paramLabel = "N[-M]",
            converter = PortsConverter.class,
            description = "Let the function fetch from this port, or these, besides " + Knobs.DEFAULT_PORTS
                    + ". Can be given more than once.")
    List<PortRanges> allowPorts = new ArrayList<>();

    @Option(
            names = "--resolve",
            paramLabel = "HOST=ADDRESS[,ADDRESS]",
            converter = FixedNamesConverter.class,
            description = "Answer the host name with these addresses instead of asking DNS, as curl's option does; they"
                    + " are judged like any others. Can be given more than once.")
    List<String> fixedNames = new ArrayList<>();

    @Option(
            names = "--extra-ca",
            paramLabel = "FILE",
            description = "Trust the certificates of this PEM file besides the JDK's own.")
    @Nullable
    Path extraCa;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "The longest that one attempt at a URL may take: 10 or 10s, 1500ms.")
    @Nullable
    Duration timeout;

    @Option(
            names = "--set",
            paramLabel = "FETCH_X=VALUE",
            description = "Set any environment variable of the function that the README's configuration table lists."
                    + " Can be given more than once.")
    List<String> knobs = new ArrayList<>();

    /// How the stack is to be started.
    ///
    /// @param command that wants it; its logs go to a directory of that name
    /// @param parameters of the template, in place of its defaults
    /// @throws CliException if an option makes no sense
    LocalStackSettings settings(Home home, String command, Map<String, String> parameters) {
        Map<String, String> withQuickWindow = new LinkedHashMap<>(parameters);
        // A person waits for the first record; on AWS five seconds make fuller batches.
        withQuickWindow.putIfAbsent("BatchWindowSeconds", "1");
        return new LocalStackSettings(
                home.template(),
                home.artifact(),
                withQuickWindow,
                functionEnvironment(),
                LogDirectory.create(home.logDirectory(), command),
                !home.isLinux());
    }

    /// The function's environment, over the template's.
    Map<String, String> functionEnvironment() {
        Map<String, String> environment = Knobs.parse(knobs);
        for (Network network : allowNetworks) {
            environment.merge(ALLOW_NETWORKS, network.toString(), FetchOptions::listed);
        }
        if (!allowPorts.isEmpty()) {
            // To the function an empty value is no value, and the default stands.
            environment.merge(ALLOW_PORTS, Knobs.DEFAULT_PORTS, (given, ports) -> given.isBlank() ? ports : given);
            allowPorts.forEach(ports -> environment.merge(ALLOW_PORTS, ports.toString(), FetchOptions::listed));
        }
        for (String fixed : fixedNames) {
            environment.merge(RESOLVE, fixed, (given, added) -> given.isBlank() ? added : given + " " + added);
        }
        if (timeout != null) {
            putOnce(environment, TIMEOUT_MS, Long.toString(timeout.toMillis()), "--timeout");
        }
        if (extraCa != null) {
            putOnce(environment, EXTRA_CA_FILE, readableCertificates(extraCa).toString(), "--extra-ca");
        }
        return Knobs.checked(environment);
    }

    private static String listed(String before, String added) {
        return before.isBlank() ? added : before + "," + added;
    }

    private static void putOnce(Map<String, String> environment, String name, String value, String option) {
        String before = environment.putIfAbsent(name, value);
        if (before != null) {
            throw CliException.usage("%s and --set %s are the same knob: give one of them.".formatted(option, name));
        }
    }

    private static Path readableCertificates(Path file) {
        try {
            // Read first: the factory takes a failing read for a file without certificates.
            InputStream bytes = new ByteArrayInputStream(Files.readAllBytes(file));
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .isEmpty()) {
                return file.toAbsolutePath();
            }
        } catch (CertificateException _) {
            // said below
        } catch (IOException e) {
            String cause = Files.isDirectory(file) ? "it is a directory" : FileFault.of(e);
            throw CliException.usage("cannot read the certificates of --extra-ca %s: %s.".formatted(file, cause));
        }
        throw CliException.usage("--extra-ca %s holds no certificates: expected a PEM file.".formatted(file));
    }

    private static final class NetworkConverter implements ITypeConverter<Network> {
        @Override
        public Network convert(String text) {
            return converted(text, Network::parse);
        }
    }

    private static final class PortsConverter implements ITypeConverter<PortRanges> {
        @Override
        public PortRanges convert(String text) {
            return converted(text, PortRanges::parse);
        }
    }

    private static final class FixedNamesConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            // The setting takes none or many, the option one.
            if (text.isBlank() || text.matches(".*[\\s;].*")) {
                throw new TypeConversionException(
                        "\"%s\" is not one name with its addresses, such as a.test=192.0.2.1,2001:db8::1"
                                .formatted(FetchUrl.redact(text, 80)));
            }
            var _ = converted(text, FixedNames::parse);
            return text;
        }
    }

    /// picocli shows the message of its own exception only; that of another it wraps in a type name.
    private static <T> T converted(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
