package dev.fetchline.guard;

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
    private final PortRanges allowedPorts;
    private final Networks allow;
    private final Networks deny;
    private final OwnEndpoints endpoints;
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
        this.endpoints = new OwnEndpoints(endpoints, allow);
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
        return endpoints
                .judge(url)
                .or(() -> judgePort(url.port()))
                .or(() -> url.literal().flatMap(this::judge));
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

    /// Whether the second lock lets a host through as it is: see [OwnEndpoints#isForTheJvmAlone].
    boolean isForTheJvmAlone(String host) {
        return endpoints.isForTheJvmAlone(host);
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
            refusal = refusal.or(() -> endpoints.judge(address, url.port())).or(() -> judge(address));
        }
        return refusal;
    }

    /// Judges one address whatever the port, for the resolver that stands between client and network.
    ///
    /// @return why not, or empty if it may be connected to
    public Optional<Refusal> judge(InetAddress address) {
        if (Addresses.hasScope(address)) {
            return denied("%s has a scope id, which is never allowed.".formatted(Addresses.text(address)));
        }
        var block = closing(address);
        if (block.isPresent()) {
            return denied("%s is in %s.".formatted(Addresses.text(address), block.get()));
        }
        for (var inside : EmbeddedIpv4.of(address)) {
            // To open a translator's prefix is not to open what lies behind it.
            var behind = closing(inside);
            if (behind.isPresent()) {
                return denied("%s holds %s, which is in %s."
                        .formatted(Addresses.text(address), Addresses.text(inside), behind.get()));
            }
        }
        return Optional.empty();
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

    private static Optional<Refusal> denied(String detail) {
        return Optional.of(new Refusal(Rule.ADDRESS, detail));
    }
}
