package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fetchline.testing.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of the lock. That the JVM asks it at all, in the packaged function, is shown by `LocksIT`.
final class ResolverLockTest {
    private static final LookupPolicy BOTH = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);
    private static final LookupPolicy IPV4_ONLY = LookupPolicy.of(LookupPolicy.IPV4);

    private final ManualTime time = new ManualTime();
    private final Dns dns = new Dns();

    /// A resolver whose answers come one after the other, the last of them for ever.
    private static final class Dns implements InetAddressResolver {
        private final List<List<String>> answers = new ArrayList<>();
        private int asked;

        private Dns answers(String... addresses) {
            answers.add(List.of(addresses));
            return this;
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            List<String> answer = answers.isEmpty() ? List.of() : answers.get(Math.min(asked, answers.size() - 1));
            asked++;
            if (answer.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return answer.stream().map(InetAddress::ofLiteral);
        }

        @Override
        public String lookupByAddress(byte[] address) {
            throw new AssertionError("nobody looks addresses up");
        }
    }

    private ResolverLock lock(String allow, String resolve, DeniedEndpoint... endpoints) {
        UrlGuard guard = new UrlGuard(PortRanges.parse("80"), Networks.parse(allow), Networks.NONE, List.of(endpoints));
        ResolverLock lock = new ResolverLock(guard, FixedNames.parse(resolve), time);
        // The JVM's first look-up is how the lock learns what to ask.
        assertThat(lock.answer("first.invalid", new ResolverLock.Source(new Dns(), BOTH)))
                .isEmpty();
        return lock;
    }

    private List<String> jvm(ResolverLock lock, String host) {
        return texts(lock.answer(host, new ResolverLock.Source(dns, BOTH)));
    }

    private static List<String> texts(Stream<InetAddress> addresses) {
        return addresses.map(InetAddress::getHostAddress).toList();
    }

    private static List<String> texts(InetAddress[] addresses) {
        return texts(Stream.of(addresses));
    }

    @Test
    void a_public_name_is_answered() {
        dns.answers("8.8.8.8", "2606:4700::1111");
        assertThat(jvm(lock("", ""), "Example.COM.")).containsExactly("8.8.8.8", "2606:4700:0:0:0:0:0:1111");
    }

    @Test
    void one_denied_address_and_the_name_has_none() {
        dns.answers("8.8.8.8", "169.254.169.254");
        assertThat(jvm(lock("", ""), "mixed.test")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "64:ff9b::7f00:1", "::ffff:10.0.0.1"
    })
    void a_name_with_a_denied_address_has_none(String address) {
        dns.answers(address);
        assertThat(jvm(lock("", ""), "denied.test")).isEmpty();
    }

    @Test
    void an_unknown_name_has_none_and_is_no_error() {
        assertThat(jvm(lock("", ""), "localhost")).isEmpty();
    }

    @Test
    void what_was_judged_is_what_is_connected_to() throws Exception {
        dns.answers("8.8.8.8").answers("8.8.4.4").answers("127.0.0.1");
        ResolverLock lock = lock("", "");
        assertThat(jvm(lock, "rebinds.test")).containsExactly("8.8.8.8");
        assertThat(texts(lock.lookUp("rebinds.test"))).containsExactly("8.8.8.8");
        time.advance(ResolverLock.FRESH.plusMillis(1));
        assertThat(texts(lock.lookUp("rebinds.test"))).containsExactly("8.8.4.4");
        time.advance(Duration.ofMinutes(1));
        assertThat(jvm(lock, "rebinds.test")).as("still the judged answer").containsExactly("8.8.4.4");
    }

    @Test
    void a_new_answer_is_judged_anew() {
        dns.answers("8.8.8.8").answers("127.0.0.1");
        ResolverLock lock = lock("", "");
        assertThat(jvm(lock, "rebinds.test")).containsExactly("8.8.8.8");
        time.advance(ResolverLock.KEPT.plusMillis(1));
        assertThat(jvm(lock, "rebinds.test")).isEmpty();
    }

    @Test
    void the_first_lock_hears_denied_addresses_too_so_that_it_can_name_them() throws Exception {
        dns.answers("10.1.2.3");
        ResolverLock lock = lock("", "");
        assertThat(jvm(lock, "internal.test")).isEmpty();
        assertThat(texts(lock.lookUp("internal.test"))).containsExactly("10.1.2.3");
    }

    @Test
    void what_has_no_address_is_asked_for_again() throws Exception {
        dns.answers().answers("8.8.8.8");
        ResolverLock lock = lock("", "");
        assertThat(jvm(lock, "late.test")).isEmpty();
        assertThat(texts(lock.lookUp("late.test"))).containsExactly("8.8.8.8");
    }

    @Test
    void a_fixed_name_is_answered_without_the_resolver_and_judged_like_any_other() throws Exception {
        ResolverLock lock =
                lock("127.0.0.2", "good.test=127.0.0.2 bad.test=127.0.0.2,127.0.0.3;six.test=[2606:4700::1]");
        assertThat(jvm(lock, "good.test")).containsExactly("127.0.0.2");
        assertThat(jvm(lock, "bad.test")).isEmpty();
        assertThat(texts(lock.lookUp("bad.test"))).containsExactly("127.0.0.2", "127.0.0.3");
        assertThat(lock.lookUp("good.test")[0].getHostName()).isEqualTo("good.test");
        assertThat(jvm(lock, "six.test")).containsExactly("2606:4700:0:0:0:0:0:1");
        assertThat(dns.asked).isZero();
    }

    @Test
    void a_fixed_name_has_only_addresses_that_this_jvm_connects_to() {
        ResolverLock lock = lock("", "six.test=2606:4700::1 both.test=2606:4700::1,8.8.8.8");
        ResolverLock.Source ipv4Only = new ResolverLock.Source(dns, IPV4_ONLY);
        assertThat(texts(lock.answer("both.test", ipv4Only))).containsExactly("8.8.8.8");
        assertThat(texts(lock.answer("six.test", ipv4Only))).isEmpty();
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> lock.lookUp("six.test"));
    }

    @Test
    void the_credentials_endpoint_is_the_jvms_alone() {
        dns.answers("127.0.0.1");
        Map<String, String> environment = Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://credentials.test:2772/get",
                "AWS_ENDPOINT_URL_SQS",
                "http://sqs.test");
        DeniedEndpoint[] endpoints = UrlGuard.endpointsOf(environment).toArray(DeniedEndpoint[]::new);
        ResolverLock lock = lock("", "", endpoints);
        assertThat(jvm(lock, "credentials.test")).containsExactly("127.0.0.1");
        assertThat(jvm(lock, "sqs.test")).isEmpty();
    }

    @Test
    void before_any_lock_is_engaged_no_name_has_an_address() {
        dns.answers("8.8.8.8");
        assertThat(new GuardedResolver(dns).lookupByName("example.com", BOTH)).isEmpty();
        assertThat(dns.asked).isZero();
    }

    @Test
    void no_address_has_a_name() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new GuardedResolver(dns).lookupByAddress(new byte[] {8, 8, 8, 8}));
    }

    @Test
    void a_jvm_that_does_not_ask_the_lock_is_an_error() {
        // This JVM has no service file for the provider.
        UrlGuard guard = new UrlGuard(PortRanges.parse("80"), Networks.NONE, Networks.NONE, List.of());
        assertThatIllegalStateException()
                .isThrownBy(() -> ResolverLock.engage(guard, FixedNames.NONE, time))
                .withMessageContaining("past the address guard")
                .withMessageContaining("jdk.net.hosts.file");
        assertThat(ResolverLock.engaged()).isNull();
    }

    @Test
    void a_name_with_more_addresses_than_any_site_has_is_an_error_that_says_so() {
        String[] bomb = many(ResolverLock.ADDRESSES_OF_A_NAME_MAX + 1);
        dns.answers(bomb).answers(bomb).answers(many(2));
        ResolverLock lock = lock("", "");
        assertThat(jvm(lock, "bomb.test")).isEmpty();
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> lock.lookUp("bomb.test"))
                .withMessage("bomb.test has 257 addresses, more than the 256 that are looked at");
        assertThat(jvm(lock, "bomb.test")).as("nothing of it was kept").hasSize(2);
    }

    /// Whoever owns names decides how many addresses they have; what is remembered of them all is bounded.
    @Test
    void the_addresses_kept_of_all_names_are_bounded() throws Exception {
        int each = ResolverLock.ADDRESSES_OF_A_NAME_MAX;
        int names = 2 * Answers.ADDRESSES_MAX / each;
        dns.answers(many(each));
        ResolverLock lock = lock("", "");
        jvm(lock, "0.test");
        for (int i = 1; i < names; i++) {
            lock.lookUp(i + ".test");
        }
        assertThat(dns.asked).isEqualTo(names);
        lock.lookUp((names - 1) + ".test");
        assertThat(dns.asked).as("the last is kept").isEqualTo(names);
        lock.lookUp("0.test");
        assertThat(dns.asked).as("the first had to go").isEqualTo(names + 1);
    }

    @Test
    void a_name_that_is_heard_again_takes_the_place_of_itself() throws Exception {
        dns.answers(many(ResolverLock.ADDRESSES_OF_A_NAME_MAX));
        ResolverLock lock = lock("", "");
        jvm(lock, "again.test");
        for (int i = 0; i < 2 * Answers.ADDRESSES_MAX / ResolverLock.ADDRESSES_OF_A_NAME_MAX; i++) {
            lock.lookUp("again.test");
            lock.lookUp("other.test");
            time.advance(ResolverLock.FRESH.plusMillis(1));
        }
        int asked = dns.asked;
        jvm(lock, "again.test");
        jvm(lock, "other.test");
        assertThat(dns.asked).as("both are kept").isEqualTo(asked);
    }

    private static String[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "8.8.%d.%d".formatted(i / 256, i % 256))
                .toArray(String[]::new);
    }

    @Test
    void a_fixed_name_without_an_address_for_this_jvm_says_so() {
        ResolverLock lock = lock("", "six.test=2606:4700::1");
        assertThat(texts(lock.answer("six.test", new ResolverLock.Source(dns, IPV4_ONLY))))
                .isEmpty();
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> lock.lookUp("six.test"))
                .withMessage("six.test was given no address of a kind that this JVM connects to");
    }
}
