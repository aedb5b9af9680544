package dev.fetchline.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.stream.Stream;

/// What the JVM asks for the addresses of every name. A name that it must not reach has none; it is not
/// an error, because for `localhost` the JVM takes an error as a reason to answer by itself.
final class GuardedResolver implements InetAddressResolver {
    private final InetAddressResolver system;

    /// A resolver that asks `system`.
    GuardedResolver(InetAddressResolver system) {
        this.system = system;
    }

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
        ResolverLock lock = ResolverLock.engaged();
        // Before the lock is engaged nothing of this function has a name to look up.
        return lock == null ? Stream.empty() : lock.answer(host, new ResolverLock.Source(system, policy));
    }

    /// Nothing here needs the name of an address, and whoever owns the address would answer.
    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        throw new UnknownHostException("addresses are not looked up");
    }
}
