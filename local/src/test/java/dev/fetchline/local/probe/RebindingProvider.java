package dev.fetchline.local.probe;

import dev.fetchline.guard.GuardedResolverProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The product's own resolver over a DNS server that lies. The n-th look-up of
/// `a-127-0-0-1.a-127-0-0-9.x.test` gives the address in its n-th label, and for ever the last of them;
/// two in one label, as in `a-127-0-0-1-127-0-0-9`, come together.
public final class RebindingProvider extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return GuardedResolverProvider.over(new Dns(configuration.builtinResolver()));
    }

    @Override
    public String name() {
        return "rebinding";
    }

    private static final class Dns implements InetAddressResolver {
        private final InetAddressResolver system;
        private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

        private Dns(InetAddressResolver system) {
            this.system = system;
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            List<String> answers = Stream.of(host.split("\\."))
                    .filter(label -> label.startsWith("a-"))
                    .toList();
            if (answers.isEmpty()) {
                return system.lookupByName(host, policy);
            }
            int times = asked.computeIfAbsent(host, _ -> new AtomicInteger()).getAndIncrement();
            String[] numbers = answers.get(Math.min(times, answers.size() - 1))
                    .substring(2)
                    .split("-");
            Stream.Builder<InetAddress> addresses = Stream.builder();
            for (int from = 0; from < numbers.length; from += 4) {
                byte[] address = new byte[4];
                for (int i = 0; i < 4; i++) {
                    address[i] = (byte) Integer.parseInt(numbers[from + i]);
                }
                addresses.add(InetAddress.getByAddress(host, address));
            }
            System.out.println("dns " + host + " answer " + (times + 1));
            return addresses.build();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
