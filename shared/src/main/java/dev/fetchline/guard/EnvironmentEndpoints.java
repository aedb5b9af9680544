package dev.fetchline.guard;

import dev.fetchline.guard.DeniedEndpoint.Use;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The endpoints that the environment of a Lambda function names.
final class EnvironmentEndpoints {
    /// `host:port` or a URI.
    private static final Set<String> LAMBDA =
            Set.of("AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_METADATA_API", "AWS_EC2_METADATA_SERVICE_ENDPOINT");

    /// Its value is a path on the one address that containers have for it.
    private static final String CONTAINER_CREDENTIALS = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";

    private static final String XRAY = "AWS_XRAY_DAEMON_ADDRESS";
    private static final String CREDENTIALS = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String SDK_ENDPOINT = "AWS_ENDPOINT_URL";

    private EnvironmentEndpoints() {}

    /// A value that cannot be read is an error, not an endpoint less: the function must not start without
    /// this lock.
    static List<DeniedEndpoint> of(Map<String, String> environment) {
        var endpoints = new ArrayList<DeniedEndpoint>();
        new TreeMap<>(environment).forEach((name, value) -> {
            try {
                endpoints.addAll(read(name, value.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The environment variable %s names an endpoint that cannot be read and so not be guarded: %s"
                                .formatted(name, FetchUrl.redact(value, 200)),
                        e);
            }
        });
        return List.copyOf(endpoints);
    }

    private static List<DeniedEndpoint> read(String name, String value) {
        if (value.isEmpty()) {
            return List.of();
        }
        if (LAMBDA.contains(name)) {
            return List.of(ofUri(value.contains("://") ? value : "http://" + value, Use.LAMBDA));
        }
        if (name.equals(CONTAINER_CREDENTIALS)) {
            return List.of(new DeniedEndpoint("169.254.170.2", 80));
        }
        if (name.equals(CREDENTIALS)) {
            return List.of(ofUri(value, Use.CREDENTIALS));
        }
        if (name.equals(SDK_ENDPOINT) || name.startsWith(SDK_ENDPOINT + "_")) {
            return List.of(ofUri(value, Use.AWS));
        }
        return name.equals(XRAY) ? daemon(value) : List.of();
    }

    /// `host:port`, or `tcp:host:port udp:host:port` in either order.
    private static List<DeniedEndpoint> daemon(String value) {
        var endpoints = new ArrayList<DeniedEndpoint>();
        for (var part : value.split("\\s+", -1)) {
            var hostAndPort = part.startsWith("tcp:") || part.startsWith("udp:") ? part.substring(4) : part;
            int colon = hostAndPort.lastIndexOf(':');
            if (colon < 0 || UrlSplit.portColon(hostAndPort) != colon) {
                throw new IllegalArgumentException("expected host:port");
            }
            endpoints.add(new DeniedEndpoint(
                    hostAndPort.substring(0, colon), UrlSplit.port(hostAndPort.substring(colon), "http")));
        }
        return endpoints;
    }

    private static DeniedEndpoint ofUri(String value, Use use) {
        var uri = URI.create(value);
        var scheme = uri.getScheme();
        if (uri.getHost() == null || scheme == null || !scheme.matches("(?i)https?")) {
            throw new IllegalArgumentException("expected http:// or https:// and a host");
        }
        return new DeniedEndpoint(uri.getHost(), uri.getPort() < 0 ? UrlSplit.defaultPort(scheme) : uri.getPort(), use);
    }
}
