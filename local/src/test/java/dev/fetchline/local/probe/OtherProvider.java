package dev.fetchline.local.probe;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/// A resolver of somebody else's, which came first.
public final class OtherProvider extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return configuration.builtinResolver();
    }

    @Override
    public String name() {
        return "other";
    }
}
