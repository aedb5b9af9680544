package dev.fetchline.local.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrableHostTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "www.example.com, example.com",
        "a.b.c.example.co.uk, example.co.uk",
        "co.uk, co.uk",
        "me.github.io, me.github.io",
        "deep.me.github.io, me.github.io",
        "github.io, github.io",
        "www.xn--85x722f.com.cn, xn--85x722f.com.cn",
        "localhost, localhost",
        "db.prod.internal-name, prod.internal-name",
        "192.0.2.7, 192.0.2.7",
        "[2001:db8::1], [2001:db8::1]",
        "1.2.3.4.example.org, example.org",
        "a-.example.org, a-.example.org"
    })
    void hosts_of_one_registration_are_one(String host, String registrable) {
        assertThat(RegistrableHost.of(host)).isEqualTo(registrable);
    }

    @Test
    void a_group_is_one_that_sqs_takes() {
        String label = "x".repeat(63);
        RegistrableHost hosts = new RegistrableHost();
        // A name of the list whose wildcard makes suffixes of any label.
        String one = hosts.groupOf(label + "." + label + ".ck");
        String other = hosts.groupOf("y" + label.substring(1) + "." + label + ".ck");
        assertThat(one).hasSizeLessThanOrEqualTo(128).matches("[!-~]+").isNotEqualTo(other);
        assertThat(hosts.groupOf("[::1]")).isEqualTo("[::1]");
    }
}
