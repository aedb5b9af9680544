package dev.fetchline.guard;

import dev.fetchline.guard.DeniedEndpoint.Use;
import dev.fetchline.guard.Refusal.Rule;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// What the function itself depends on, and all that may lead there: closed whatever an allow-list opens.
final class OwnEndpoints {
    /// As [Addresses#isThisMachine] has it.
    private static final Networks THIS_MACHINE = Networks.parse("127.0.0.0/8,0.0.0.0,::1,::");

    private final List<DeniedEndpoint> endpoints;
    private final Networks allow;

    /// These endpoints.
    ///
    /// @param allow what an allow-list opens
    OwnEndpoints(List<DeniedEndpoint> endpoints, Networks allow) {
        this.endpoints = List.copyOf(endpoints);
        this.allow = allow;
    }

    /// Judges a URL before its host is looked up.
    Optional<Refusal> judge(FetchUrl url) {
        if (isForTheJvmAlone(url.host())) {
            return Optional.of(new Refusal(
                    Rule.ENDPOINT,
                    "The function has its credentials from %s; no other request goes there.".formatted(url.host())));
        }
        var literal = url.literal();
        for (var endpoint : endpoints) {
            if (endpoint.port() == url.port()
                    && (endpoint.host().equals(url.host())
                            || (literal.isPresent() ? reaches(literal.get(), endpoint) : mayReach(endpoint)))) {
                return refused(endpoint);
            }
        }
        return Optional.empty();
    }

    /// Judges an address that a look-up gave.
    Optional<Refusal> judge(InetAddress address, int port) {
        for (var endpoint : endpoints) {
            if (endpoint.port() == port && reaches(address, endpoint)) {
                return refused(endpoint);
            }
        }
        return Optional.empty();
    }

    /// Whether a connection to the address may end at the endpoint. Not only equality: a server that
    /// listens on all addresses of this machine answers on each of 127.0.0.0/8, and an allowed network
    /// may hold other ways to it. An endpoint that is named may be anywhere in one.
    private boolean reaches(InetAddress address, DeniedEndpoint endpoint) {
        var plain = Addresses.plain(address);
        var known = endpoint.addresses();
        if (known.isEmpty()) {
            return endpoint.use() != Use.AWS && allow.contains(plain);
        }
        return known.stream()
                .anyMatch(own -> own.equals(plain)
                        || (Addresses.isThisMachine(plain) && mayBeOnThisMachine(own))
                        || (allow.contains(own) && allow.contains(plain)));
    }

    private static boolean mayBeOnThisMachine(InetAddress own) {
        return Addresses.isThisMachine(own) || own.isLinkLocalAddress();
    }

    /// Whether a name, not looked up yet, may lead to the endpoint: only where the allow-list opens an
    /// address that [#reaches] it. The second lock, which sees no ports, would let it pass.
    private boolean mayReach(DeniedEndpoint endpoint) {
        var known = endpoint.addresses();
        return known.isEmpty()
                ? endpoint.use() != Use.AWS && !allow.isEmpty()
                : known.stream()
                        .anyMatch(
                                own -> allow.contains(own) || (mayBeOnThisMachine(own) && allow.overlap(THIS_MACHINE)));
    }

    private static Optional<Refusal> refused(DeniedEndpoint endpoint) {
        return Optional.of(new Refusal(
                Rule.ENDPOINT,
                "Port %d is that of an endpoint of the function itself (%s).".formatted(endpoint.port(), endpoint)));
    }

    /// Whether the second lock lets a host through as it is, because the JVM itself has business there:
    /// the SDK asks the credentials endpoint by the JVM's HTTP. In exchange no URL may name this host, on
    /// whatever port.
    boolean isForTheJvmAlone(String host) {
        for (var endpoint : endpoints) {
            if (endpoint.use() == Use.CREDENTIALS
                    && endpoint.isNamed()
                    && endpoint.host().equals(host)) {
                return true;
            }
        }
        return false;
    }
}
