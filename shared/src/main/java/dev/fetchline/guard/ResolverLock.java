package dev.fetchline.guard;

import dev.fetchline.pace.Time;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The second lock on what may be reached. The first judges the addresses of a host before a request is
/// sent; but the client looks the name up once more when it connects, and by then the answer may be
/// another. This lock stands in that second look-up: the client gets the addresses that were judged, or
/// as long as there are none, a new answer without those that are denied.
///
/// One for the life of the JVM, and all names of the JVM go through it. The AWS SDK does not: its native
/// client asks the operating system by itself.
public final class ResolverLock {
    /// How long an answer is taken for true, as the JVM's own cache does.
    static final Duration FRESH = Duration.ofSeconds(30);

    /// How long a judged answer is kept for the connection it was judged for.
    static final Duration KEPT = Duration.ofMinutes(2);

    /// What a name may have. The largest sites give some dozens; DNS carries 4,000, of any name that
    /// somebody owns.
    static final int ADDRESSES_OF_A_NAME_MAX = 256;

    private static final String NOT_ENGAGED =
            "Names would be looked up past the address guard, so nothing is fetched: another thread's look-up came before"
                    + " the function was loaded, the property jdk.net.hosts.file is set, or the package has no service"
                    + " file META-INF/services/java.net.spi.InetAddressResolverProvider for the guard.";

    private static volatile @Nullable ResolverLock engaged;

    private final UrlGuard guard;
    private final FixedNames fixedNames;
    private final Answers answers;
    private final Canary canary = Canary.create();
    /// Known from the first look-up of the JVM on.
    private volatile @Nullable Source source;

    /// A lock that is not engaged.
    ResolverLock(UrlGuard guard, FixedNames fixedNames, Time time) {
        this.guard = guard;
        this.fixedNames = fixedNames;
        this.answers = new Answers(time);
    }

    /// What answers where we have no answer.
    ///
    /// @param policy which kinds of addresses this JVM connects to
    record Source(InetAddressResolver resolver, LookupPolicy policy) {
        private boolean takes(InetAddress address) {
            int kind = address.getAddress().length == 4 ? LookupPolicy.IPV4 : LookupPolicy.IPV6;
            return (policy.characteristics() & kind) != 0;
        }
    }

    /// Puts the lock on, and proves that the JVM asks it. To be called before anything is looked up in
    /// this JVM, on the thread that loads the function.
    ///
    /// @throws IllegalStateException with the possible reasons, where the JVM looks names up without it
    public static ResolverLock engage(UrlGuard guard, FixedNames fixedNames, Time time) {
        // Ours is the one cache: what is connected to is what was judged, not what the JVM heard at another time.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        ResolverLock lock = new ResolverLock(guard, fixedNames, time);
        engaged = lock;
        if (!lock.isAsked()) {
            engaged = null;
            throw new IllegalStateException(NOT_ENGAGED);
        }
        return lock;
    }

    /// The one that the JVM asks, or null.
    static @Nullable ResolverLock engaged() {
        return engaged;
    }

    private boolean isAsked() {
        return List.of(canary.answer()).equals(addressesByTheJvm(canary.known()))
                && addressesByTheJvm(canary.denied()).isEmpty();
    }

    private static List<InetAddress> addressesByTheJvm(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException _) {
            return List.of();
        }
    }

    /// All addresses of a name, not judged; at least one. What was found is also what the JVM connects to.
    ///
    /// @param host lower-case ASCII, without a trailing dot
    /// @throws UnknownHostException where it has none, or the look-up failed
    public InetAddress[] lookUp(String host) throws UnknownHostException {
        Source known = source;
        if (known == null) {
            throw new IllegalStateException("the lock is not engaged");
        }
        return find(host, known, FRESH).toArray(InetAddress[]::new);
    }

    /// What the JVM hears of a name: all of its addresses, or where one of them is denied none.
    Stream<InetAddress> answer(String asked, Source from) {
        source = from;
        String host = canonical(asked);
        if (host.equals(canary.known())) {
            return Stream.of(canary.answer());
        }
        try {
            if (guard.isForTheJvmAlone(host)) {
                return from.resolver.lookupByName(host, from.policy);
            }
            List<InetAddress> addresses =
                    host.equals(canary.denied()) ? List.of(canary.deniedAddress()) : find(host, from, KEPT);
            return addresses.stream().allMatch(address -> guard.judge(address).isEmpty())
                    ? addresses.stream()
                    : Stream.empty();
        } catch (UnknownHostException _) {
            return Stream.empty();
        }
    }

    private List<InetAddress> find(String host, Source from, Duration ageMax) throws UnknownHostException {
        List<InetAddress> fixed = fixedNames.addressesOf(host);
        if (!fixed.isEmpty()) {
            return atLeastOne(
                    fixed.stream().filter(from::takes).toList(),
                    host + " was given no address of a kind that this JVM connects to");
        }
        List<InetAddress> remembered = answers.of(host, ageMax);
        if (!remembered.isEmpty()) {
            return remembered;
        }
        List<InetAddress> found;
        try (Stream<InetAddress> stream = from.resolver.lookupByName(host, from.policy)) {
            found = atLeastOne(stream.toList(), host);
        }
        if (found.size() > ADDRESSES_OF_A_NAME_MAX) {
            throw new UnknownHostException("%s has %d addresses, more than the %d that are looked at"
                    .formatted(host, found.size(), ADDRESSES_OF_A_NAME_MAX));
        }
        answers.remember(host, found);
        return found;
    }

    private static List<InetAddress> atLeastOne(List<InetAddress> addresses, String otherwise)
            throws UnknownHostException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException(otherwise);
        }
        return addresses;
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
