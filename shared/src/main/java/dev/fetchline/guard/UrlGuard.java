package dev.fetchline.guard;

import dev.fetchline.guard.DeniedEndpoint.Use;
import dev.fetchline.guard.Refusal.Rule;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may be fetched, by port and address. Asked of every hop, twice: before its host is looked up, and
/// with what the look-up gave. Immutable, so that any number of threads may share one.
///
/// The first of these that speaks decides: an endpoint of the environment (denied), the ports, the
/// operator's deny-list, the operator's allow-list, the built-in deny-list; what is left is public and
/// allowed. An IPv4 address inside an IPv6 address is judged too, for itself. A scope id is denied always.
public final class UrlGuard {
    /// As [Addresses#isThisMachine] has it.
    private static final Networks THIS_MACHINE = Networks.parse("127.0.0.0/8,0.0.0.0,::1,::");

    private final PortRanges allowedPorts;
    private final Networks allow;
    private final Networks deny;
    private final List<DeniedEndpoint> endpoints;
    private final boolean downgradeAllowed;

    /// As the constructor below, where no redirect may lead from https to http.
    public UrlGuard(PortRanges allowedPorts, Networks allow, Networks deny, List<DeniedEndpoint> endpoints) {
        this(allowedPorts, allow, deny, endpoints, false);
    }

    /// Takes the settings of one function.
    ///
    /// @param allowedPorts the only ports that are fetched from
    /// @param allow networks that the built-in deny-list does not close
    /// @param deny networks closed whatever `allow` says
    /// @param endpoints closed whatever `allow` says, see [#endpointsOf]
    /// @param downgradeAllowed whether a redirect may lead from https to http
    public UrlGuard(
            PortRanges allowedPorts,
            Networks allow,
            Networks deny,
            List<DeniedEndpoint> endpoints,
            boolean downgradeAllowed) {
        this.allowedPorts = allowedPorts;
        this.allow = allow;
        this.deny = deny;
        this.endpoints = List.copyOf(endpoints);
        this.downgradeAllowed = downgradeAllowed;
    }

    /// The endpoints that the environment names: the Lambda Runtime and metadata APIs, the X-Ray daemon,
    /// the container credentials, and every `AWS_ENDPOINT_URL`. Blank values name none.
    ///
    /// @param environment as of [System#getenv()]
    /// @throws IllegalArgumentException with a sentence that names the variable, if its value cannot
    ///     be read
    public static List<DeniedEndpoint> endpointsOf(Map<String, String> environment) {
        return EnvironmentEndpoints.of(environment);
    }

    /// Judges what can be judged before a look-up: the port, a literal host, and the endpoints. Literals
    /// never reach a resolver, so this is the only place that sees them.
    ///
    /// @return why not, or empty if the URL may go on
    public Optional<Refusal> judge(FetchUrl url) {
        var literal = url.literal();
        if (isForTheJvmAlone(url.host())) {
            return Optional.of(new Refusal(
                    Rule.ENDPOINT,
                    "The function has its credentials from %s; no other request goes there.".formatted(url.host())));
        }
        var refusal = endpoints.stream()
                .filter(endpoint -> endpoint.port() == url.port())
                .filter(endpoint -> endpoint.host().equals(url.host())
                        || (literal.isPresent() ? reaches(literal.get(), endpoint) : mayReach(endpoint)))
                .findFirst()
                .map(UrlGuard::refusedEndpoint);
        return refusal.or(() -> judgePort(url.port())).or(() -> literal.flatMap(this::judge));
    }

    /// Judges where a redirect leads before it is looked up: as [#judge(FetchUrl)], and a page that was
    /// asked for over https is not taken from a connection that anyone can read and change.
    ///
    /// @return why not, or empty if the walk may go on
    public Optional<Refusal> judgeRedirect(FetchUrl from, FetchUrl to) {
        if (!downgradeAllowed
                && from.uri().getScheme().equals("https")
                && to.uri().getScheme().equals("http")) {
            return Optional.of(new Refusal(
                    Rule.DOWNGRADE, "The redirect leads from https to http, which the settings do not allow."));
        }
        return judge(to);
    }

    /// Whether the second lock lets a host through as it is, because the JVM itself has business there:
    /// the SDK asks the credentials endpoint by the JVM's HTTP. In exchange no URL may name this host, on
    /// whatever port.
    boolean isForTheJvmAlone(String host) {
        return endpoints.stream()
                .anyMatch(endpoint -> endpoint.use() == Use.CREDENTIALS
                        && endpoint.isNamed()
                        && endpoint.host().equals(host));
    }

    /// Judges a URL by all addresses of its host: one that is denied denies the URL, because nothing tells
    /// which of them the client takes.
    ///
    /// @param addresses what the look-up of the host gave; for a literal, its address
    /// @return why not, or empty if the URL may be fetched
    /// @throws IllegalArgumentException if there is no address: that is a failed look-up, not something to
    ///     judge
    public Optional<Refusal> judge(FetchUrl url, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("There is no address to judge.");
        }
        var refusal = judge(url);
        for (var address : addresses) {
            refusal = refusal.or(() -> judgeEndpoints(address, url.port())).or(() -> judge(address));
        }
        return refusal;
    }

    /// Judges one address whatever the port, for the resolver that stands between client and network.
    ///
    /// @return why not, or empty if it may be connected to
    public Optional<Refusal> judge(InetAddress address) {
        var text = Addresses.text(address);
        if (Addresses.hasScope(address)) {
            return denied("%s has a scope id, which is never allowed.".formatted(text));
        }
        var refusal = closing(address).map(block -> "%s is in %s.".formatted(text, block));
        for (var inside : EmbeddedIpv4.of(address)) {
            // To open a translator's prefix is not to open what lies behind it.
            refusal = refusal.or(() -> closing(inside)
                    .map(block -> "%s holds %s, which is in %s.".formatted(text, Addresses.text(inside), block)));
        }
        return refusal.flatMap(UrlGuard::denied);
    }

    /// The block that closes the address, and why; empty where it is open.
    private Optional<String> closing(InetAddress address) {
        var closed = deny.find(address);
        if (closed.isPresent()) {
            return Optional.of("%s (denied by the operator)".formatted(closed.get()));
        }
        return allow.contains(address)
                ? Optional.empty()
                : DenyList.find(address).map(DenyList.Block::toString);
    }

    private Optional<Refusal> judgePort(int port) {
        return allowedPorts.contains(port)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Rule.PORT, "Port %d is not among the allowed ports %s.".formatted(port, allowedPorts)));
    }

    private Optional<Refusal> judgeEndpoints(InetAddress address, int port) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.port() == port && reaches(address, endpoint))
                .findFirst()
                .map(UrlGuard::refusedEndpoint);
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

    private static Refusal refusedEndpoint(DeniedEndpoint endpoint) {
        return new Refusal(
                Rule.ENDPOINT,
                "Port %d is that of an endpoint of the function itself (%s).".formatted(endpoint.port(), endpoint));
    }

    private static Optional<Refusal> denied(String detail) {
        return Optional.of(new Refusal(Rule.ADDRESS, detail));
    }
}
