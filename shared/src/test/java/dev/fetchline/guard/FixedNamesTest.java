package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FixedNamesTest {
    @Test
    void entries_stand_between_spaces_or_semicolons() {
        FixedNames names = FixedNames.parse(" a.test=192.0.2.1,2001:db8::1;B.Test.=[2001:db8::2]\n c.test=192.0.2.3; ");
        assertThat(names.addressesOf("a.test"))
                .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
        assertThat(names.addressesOf("b.test")).containsExactly(InetAddress.ofLiteral("2001:db8::2"));
        assertThat(names.addressesOf("c.test")).containsExactly(InetAddress.ofLiteral("192.0.2.3"));
        assertThat(names.addressesOf("d.test")).isEmpty();
        assertThat(FixedNames.parse("  ")).isSameAs(FixedNames.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.test                     | \"a.test\" is no HOST=ADDRESS[,ADDRESS]",
                "=192.0.2.1                 | \"=192.0.2.1\" is no HOST=ADDRESS[,ADDRESS]",
                "a.test:80:192.0.2.1        | is no HOST=ADDRESS[,ADDRESS]",
                "a.test=                    | something after its = that is no IP address",
                "a.test=192.0.2.1,          | something after its = that is no IP address",
                "a.test=192.0.2.01          | something after its = that is no IP address",
                "a.test=b.test              | something after its = that is no IP address",
                "a.test=fe80::1%eth0        | something after its = that is no IP address",
                "192.0.2.1=192.0.2.2        | does not begin with a host name",
                "[::1]=192.0.2.2            | does not begin with a host name",
                "a_b=192.0.2.2              | does not begin with a host name",
                "a.test=1.2.3.4 A.TEST=5.6.7.8 | \"A.TEST=5.6.7.8\" names a host a second time",
            })
    void what_is_no_entry_is_named(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FixedNames.parse(text))
                .withMessageContaining(reason)
                .withMessageEndingWith("expected is a name and its addresses, such as a.test=192.0.2.1,2001:db8::1.");
    }
}
