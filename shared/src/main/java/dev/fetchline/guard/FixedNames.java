package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names whose addresses the operator gives, as curl's `--resolve` does: no resolver is asked for them.
/// What they lead to is judged like any other answer. Immutable.
public final class FixedNames {
    /// No name at all.
    public static final FixedNames NONE = new FixedNames(Map.of());

    private final Map<String, List<InetAddress>> addresses;

    private FixedNames(Map<String, List<InetAddress>> addresses) {
        this.addresses = addresses;
    }

    /// Reads `HOST=ADDRESS[,ADDRESS]` entries separated by spaces or semicolons; a blank text has none.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if an entry is none, its host
    ///     is no name, one of its addresses is none, or its host has an entry already
    public static FixedNames parse(String text) {
        Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
        for (String entry : text.strip().split("[\\s;]+", -1)) {
            if (entry.isEmpty()) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw unfit(entry, "is no HOST=ADDRESS[,ADDRESS]");
            }
            String host = nameOf(entry.substring(0, equals), entry);
            if (addresses.put(host, addressesOf(entry, host, equals + 1)) != null) {
                throw unfit(entry, "names a host a second time");
            }
        }
        return addresses.isEmpty() ? NONE : new FixedNames(addresses);
    }

    private static String nameOf(String host, String entry) {
        if (HostName.read(host) instanceof HostName.Canonical(String canonical)
                && HostName.literal(canonical) == null) {
            return canonical;
        }
        throw unfit(entry, "does not begin with a host name");
    }

    private static List<InetAddress> addressesOf(String entry, String host, int from) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String each : entry.substring(from).split(",", -1)) {
            boolean bracketed = each.startsWith("[") && each.endsWith("]");
            InetAddress address = Addresses.parse(bracketed ? each.substring(1, each.length() - 1) : each);
            if (address == null) {
                throw unfit(entry, "has something after its = that is no IP address");
            }
            addresses.add(Addresses.named(host, address));
        }
        return List.copyOf(addresses);
    }

    private static IllegalArgumentException unfit(String entry, String fault) {
        return new IllegalArgumentException(
                "\"%s\" %s; expected is a name and its addresses, such as a.test=192.0.2.1,2001:db8::1."
                        .formatted(FetchUrl.redact(entry, 80), fault));
    }

    /// The addresses given for a host, in their order, each with the host as its name; empty where none
    /// are.
    ///
    /// @param host lower-case ASCII, without a trailing dot
    List<InetAddress> addressesOf(String host) {
        return addresses.getOrDefault(host, List.of());
    }
}
