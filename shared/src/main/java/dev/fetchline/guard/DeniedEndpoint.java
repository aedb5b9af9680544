package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.List;

/// A host and port that the function itself depends on, so that no fetch may reach it: in Lambda, a GET
/// of the Runtime API's `/invocation/next` consumes the next event.
///
/// @param host a name in lower case or an address; IPv6 in brackets
/// @param port 1 to 65,535
/// @param use who speaks to it, and how
public record DeniedEndpoint(String host, int port, Use use) {
    /// Who speaks to an endpoint, and how.
    public enum Use {
        /// The runtime and other parts of Lambda, without a password: whoever reaches it is answered.
        LAMBDA,
        /// The SDK for its credentials, by the JVM's own HTTP and so with a look-up by the JVM.
        CREDENTIALS,
        /// The SDK for AWS's services: every request is signed, and its native client looks up past the
        /// JVM.
        AWS
    }

    /// Checks both and brings the host into its canonical form.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if one of the two is no such thing
    public DeniedEndpoint {
        if (!(HostName.read(host) instanceof HostName.Canonical(var canonical))) {
            throw new IllegalArgumentException("\"%s\" is no host name and no address in its plain spelling."
                    .formatted(FetchUrl.redact(host, 80)));
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("%d is no port from 1 to 65535.".formatted(port));
        }
        host = canonical;
    }

    /// As a part of Lambda has it.
    DeniedEndpoint(String host, int port) {
        this(host, port, Use.LAMBDA);
    }

    /// Whether the host has to be looked up.
    boolean isNamed() {
        return HostName.literal(host) == null;
    }

    /// Where the endpoint is known to be without a look-up: a literal, or the loopback addresses for
    /// `localhost` and the names below it (RFC 6761 section 6.3). Empty for any other name.
    List<InetAddress> addresses() {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return List.of(Addresses.of(new byte[] {127, 0, 0, 1}), Ipv6Text.LOOPBACK);
        }
        var literal = HostName.literal(host);
        return literal == null ? List.of() : List.of(literal);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
