package dev.fetchline.guard;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/// Puts [ResolverLock] between the JVM and the operating system's resolver. The JVM finds it by the
/// service file of the function's package, if its very first look-up runs on a thread whose context class
/// loader sees that package; it says nothing where it does not find it. [ResolverLock#engage] makes that
/// look-up, and does not go on without its answer.
///
/// Only the deployed function has the service file: in any JVM where no lock is engaged, this resolver
/// knows no name.
public final class GuardedResolverProvider extends InetAddressResolverProvider {
    /// For [java.util.ServiceLoader].
    public GuardedResolverProvider() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return over(configuration.builtinResolver());
    }

    /// The guarded resolver, asking `system` where it has no answer of its own.
    public static InetAddressResolver over(InetAddressResolver system) {
        return new GuardedResolver(system);
    }

    @Override
    public String name() {
        return "Fetchline";
    }
}
