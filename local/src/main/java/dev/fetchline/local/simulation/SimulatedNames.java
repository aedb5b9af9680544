package dev.fetchline.local.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// Answers look-ups of names. What it answered last to an environment is where that environment may connect to.
final class SimulatedNames {
    private final World world;
    private final Map<String, Host> hosts;

    /// How a name resolves.
    enum Host {
        GOOD,
        UNKNOWN,
        DENIED,
        METADATA,
        MIXED,
        /// A good and a denied address in turn, as a rebinding attacker's name server answers.
        REBINDING
    }

    private int rebound;

    SimulatedNames(World world, Map<String, Host> hosts) {
        this.world = world;
        this.hosts = hosts;
    }

    InetAddress[] resolve(String host, String environment) throws UnknownHostException {
        Host its = hosts.getOrDefault(host, Host.UNKNOWN);
        if (its == Host.UNKNOWN || (its == Host.GOOD && world.faults().strikes(Fault.NAME_UNRESOLVED))) {
            world.history().add(new Event.Unresolved(world.agenda().now(), environment, host));
            throw new UnknownHostException(host);
        }
        InetAddress[] addresses = switch (its) {
            case DENIED -> new InetAddress[] {address(host, 10, 0, 0, 7)};
            case METADATA -> new InetAddress[] {address(host, 169, 254, 169, 254)};
            case MIXED -> new InetAddress[] {address(host, 93, 184, 215, 14), address(host, 127, 0, 0, 1)};
            case REBINDING ->
                new InetAddress[] {rebound++ % 2 == 0 ? address(host, 93, 184, 215, 14) : address(host, 192, 168, 0, 1)
                };
            case GOOD, UNKNOWN -> new InetAddress[] {address(host, 93, 184, 215, 14)};
        };
        boolean denied = false;
        for (InetAddress address : addresses) {
            denied |= (address.getAddress()[0] & 0xff) != 93;
        }
        world.history().add(new Event.Resolved(world.agenda().now(), environment, host, denied));
        return addresses;
    }

    private static InetAddress address(String host, int... octets) throws UnknownHostException {
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) octets[i];
        }
        return InetAddress.getByAddress(host, bytes);
    }
}
