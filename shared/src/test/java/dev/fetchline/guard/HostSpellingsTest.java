package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses as they are written to get past a filter: the bypass lists of OWASP, PayloadsAllTheThings and the test
/// suites of smokescreen, safeurl, ssrf_filter, svix and others, each as a URL and as a redirect's target.
class HostSpellingsTest {
    private static final UrlGuard GUARD =
            new UrlGuard(PortRanges.parse("80,443,8080,8443"), Networks.NONE, Networks.NONE, List.of());

    private static final FetchUrl BASE = (FetchUrl) FetchUrl.read("http://example.com/a");

    /// ADDRESS, HOST_SPELLING, USERINFO, PORT: refused by that rule. INVALID: no URL. An address: fetched from there.
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", commentCharacter = '~', quoteCharacter = '^', textBlock = """
            ~ plain
            127.0.0.1 -> ADDRESS
            127.127.127.127 -> ADDRESS
            0.0.0.0 -> ADDRESS
            10.0.0.1 -> ADDRESS
            100.64.0.1 -> ADDRESS
            100.100.100.200 -> ADDRESS
            169.254.169.254 -> ADDRESS
            169.254.170.2 -> ADDRESS
            172.31.255.255 -> ADDRESS
            192.0.0.192 -> ADDRESS
            192.168.1.1 -> ADDRESS
            255.255.255.255 -> ADDRESS
            8.8.8.8 -> 8.8.8.8
            172.32.0.1 -> 172.32.0.1
            ~ one, two or three parts, decimal
            0 -> HOST_SPELLING
            1 -> HOST_SPELLING
            127.1 -> HOST_SPELLING
            127.0.1 -> HOST_SPELLING
            127.65535 -> HOST_SPELLING
            192.168.257 -> HOST_SPELLING
            10.1 -> HOST_SPELLING
            2130706433 -> HOST_SPELLING
            2852039166 -> HOST_SPELLING
            3232235521 -> HOST_SPELLING
            4294967295 -> HOST_SPELLING
            134744072 -> HOST_SPELLING
            ~ octal and leading zeros
            0177.0.0.1 -> HOST_SPELLING
            00177.00.00.01 -> HOST_SPELLING
            017700000001 -> HOST_SPELLING
            0251.0376.0251.0376 -> HOST_SPELLING
            0251.254.169.254 -> HOST_SPELLING
            127.000.000.001 -> HOST_SPELLING
            127.0.0.01 -> HOST_SPELLING
            127.0.0.08 -> HOST_SPELLING
            010.8.8.8 -> HOST_SPELLING
            00.0.0.0 -> HOST_SPELLING
            ~ hexadecimal
            0x7f.0.0.1 -> HOST_SPELLING
            0x7F.0x0.0x0.0x1 -> HOST_SPELLING
            0x7f000001 -> HOST_SPELLING
            0X7F000001 -> HOST_SPELLING
            0x7f.1 -> HOST_SPELLING
            0x7f.0x1 -> HOST_SPELLING
            0xa9.0xfe.0xa9.0xfe -> HOST_SPELLING
            0xa9fea9fe -> HOST_SPELLING
            0x00000000a9fea9fe -> HOST_SPELLING
            127.0.0.0x -> HOST_SPELLING
            0x -> HOST_SPELLING
            ~ mixed
            0x7f.0.01.1 -> HOST_SPELLING
            0251.0xfe.43518 -> HOST_SPELLING
            0xa9.254.0251.0376 -> HOST_SPELLING
            192.0xa8.1 -> HOST_SPELLING
            ~ out of range
            256.256.256.256 -> HOST_SPELLING
            127.0.0.256 -> HOST_SPELLING
            127.0.0.257 -> HOST_SPELLING
            425.510.425.510 -> HOST_SPELLING
            4294967296 -> HOST_SPELLING
            6425673729 -> HOST_SPELLING
            7147006462 -> HOST_SPELLING
            0x17f000001 -> HOST_SPELLING
            040000000177.0.0.1 -> HOST_SPELLING
            18446744075840258049 -> HOST_SPELLING
            127.0.0.1.1 -> HOST_SPELLING
            1.2.3.4.5 -> HOST_SPELLING
            ~ almost numbers
            127.0.0.1.0x -> HOST_SPELLING
            0o177.0.0.1 -> HOST_SPELLING
            o177.0.0.1 -> HOST_SPELLING
            127.-0.0.1 -> HOST_SPELLING
            -127.0.0.1 -> HOST_SPELLING
            +127.0.0.1 -> INVALID
            127.0.0.1e0 -> INVALID
            127.0.0.0x1g -> INVALID
            127.0.0.1, -> INVALID
            127.0.0.1;8.8.8.8 -> INVALID
            127.0.0.1 8.8.8.8 -> INVALID
            ~ dots
            127.0.0.1. -> HOST_SPELLING
            127.0.0.1.. -> INVALID
            .127.0.0.1 -> HOST_SPELLING
            127..0.1 -> HOST_SPELLING
            127...1 -> HOST_SPELLING
            2130706433. -> HOST_SPELLING
            0x7f.1. -> HOST_SPELLING
            localhost. -> localhost
            127。0。0。1 -> ADDRESS
            127．0．0．1 -> ADDRESS
            127｡0｡0｡1 -> ADDRESS
            127.0.0.1。 -> HOST_SPELLING
            127。1 -> HOST_SPELLING
            127․0․0․1 -> INVALID
            ~ digits that are not ASCII
            １２７.０.０.１ -> ADDRESS
            １２７．０．０．１ -> ADDRESS
            ２１３０７０６４３３ -> HOST_SPELLING
            ０ｘ７ｆ.1 -> HOST_SPELLING
            ０１７７.0.0.1 -> HOST_SPELLING
            ①②⑦.⓪.⓪.① -> ADDRESS
            ⓵.⓶.⓷.⓸ -> xn--xvh.xn--yvh.xn--zvh.xn--0vh
            ❶❷❼.0.0.1 -> HOST_SPELLING
            ⑯⑨｡②⑤④｡⑯⑨｡②⑤④ -> ADDRESS
            ⑯⑨.254.169.254 -> ADDRESS
            ⑴.⑵.⑶.⑷ -> INVALID
            1⒎0.0.1 -> INVALID
            ⒈⒉⒊4 -> INVALID
            𝟏𝟐𝟕.𝟎.𝟎.𝟏 -> ADDRESS
            𝟙𝟚𝟟.0.0.1 -> ADDRESS
            ¹²⁷.⁰.⁰.¹ -> ADDRESS
            ₁₂₇.0.0.1 -> ADDRESS
            ١٢٧.٠.٠.١ -> INVALID
            ۱۲۷.0.0.1 -> HOST_SPELLING
            १२७.०.०.१ -> xn--e4bcp.xn--d4b.xn--d4b.xn--e4b
            ๑๒๗.๐.๐.๑ -> xn--c5ccp.xn--b5c.xn--b5c.xn--c5c
            ½.0.0.1 -> HOST_SPELLING
            ~ characters that are left out
            127.0.0.\u00AD1 -> ADDRESS
            12\u200B7.0.0.1 -> ADDRESS
            127.0\u2060.0.1 -> ADDRESS
            127.0.0.1\uFEFF -> ADDRESS
            127.0.0.1\uFE0F -> ADDRESS
            127.0.0.1\u200D -> INVALID
            127.0.0.1\u202E -> INVALID
            127.0.0.1\u0661 -> INVALID
            loc\u00ADalhost -> localhost
            ⓛⓞⓒⓐⓛⓗⓞⓢⓣ -> localhost
            ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ -> example.com
            ~ percent-encoded
            %31%32%37.0.0.1 -> INVALID
            127.0.0.%31 -> INVALID
            127%2e0%2e0%2e1 -> INVALID
            %6c%6f%63%61%6c%68%6f%73%74 -> INVALID
            %25%33%31 -> INVALID
            127.0.0.1%00.example.com -> INVALID
            127.0.0.1%2f.example.com -> INVALID
            127.0.0.1%23.example.com -> INVALID
            example.com%40127.0.0.1 -> INVALID
            １２７％２e0.0.1 -> INVALID
            %E2%91%A0.0.0.1 -> INVALID
            ~ brackets
            [127.0.0.1] -> INVALID
            [127.1] -> INVALID
            [2130706433] -> INVALID
            [0x7f000001] -> INVALID
            [localhost] -> INVALID
            [v1.x] -> INVALID
            [v1.127.0.0.1] -> INVALID
            [vF.::1] -> INVALID
            [::1 -> INVALID
            ::1 -> INVALID
            0000::1 -> INVALID
            [::1]] -> INVALID
            [[::1]] -> INVALID
            [::1]x -> INVALID
            [::1].example.com -> INVALID
            [::1]@example.com -> USERINFO
            ［::1］ -> INVALID
            %5B::1%5D -> INVALID
            [::１] -> INVALID
            [：：1] -> INVALID
            [::1。] -> INVALID
            ~ IPv6
            [::] -> ADDRESS
            [::1] -> ADDRESS
            [0:0:0:0:0:0:0:1] -> ADDRESS
            [0000:0000:0000:0000:0000:0000:0000:0001] -> ADDRESS
            [::0001] -> ADDRESS
            [0::1] -> ADDRESS
            [0:0::0:1] -> ADDRESS
            [::0:0:0:0:0:0:1] -> ADDRESS
            [::00001] -> INVALID
            [0:0:0:0:0:0:0:0:1] -> INVALID
            [::1:] -> INVALID
            [:::1] -> INVALID
            [0::0::1] -> INVALID
            [::g] -> INVALID
            [::0x1] -> INVALID
            [fe80::1] -> ADDRESS
            [FE80::1] -> ADDRESS
            [febf::1] -> ADDRESS
            [fec0::1] -> ADDRESS
            [fc00::1] -> ADDRESS
            [fd00:ec2::254] -> ADDRESS
            [FD00:0EC2:0:0:0:0:0:0254] -> ADDRESS
            [fd00:ec2::253] -> ADDRESS
            [fd20:ce::254] -> ADDRESS
            [ff02::1] -> ADDRESS
            [100::1] -> ADDRESS
            [5f00::1] -> ADDRESS
            [2001:db8::1] -> ADDRESS
            [3fff::1] -> ADDRESS
            [2001:2::1] -> ADDRESS
            [2001:10::1] -> ADDRESS
            [2001:20::1] -> ADDRESS
            [2606:4700:4700::1111] -> 2606:4700:4700::1111
            [2001:4860:4860::8888] -> 2001:4860:4860::8888
            [2001:4860:4860:0:0:0:0:8888] -> 2001:4860:4860::8888
            ~ IPv4 in IPv6: mapped
            [::ffff:127.0.0.1] -> ADDRESS
            [::FFFF:127.0.0.1] -> ADDRESS
            [::ffff:7f00:1] -> ADDRESS
            [::ffff:7F00:0001] -> ADDRESS
            [0:0:0:0:0:ffff:127.0.0.1] -> ADDRESS
            [0000:0000:0000:0000:0000:ffff:7f00:0001] -> ADDRESS
            [::ffff:169.254.169.254] -> ADDRESS
            [::ffff:a9fe:a9fe] -> ADDRESS
            [::ffff:0.0.0.0] -> ADDRESS
            [::ffff:0:0] -> ADDRESS
            [::ffff:8.8.8.8] -> 8.8.8.8
            [::ffff:127.1] -> INVALID
            [::ffff:0177.0.0.1] -> INVALID
            [::ffff:0x7f.0.0.1] -> INVALID
            [::ffff:127.0.0.1.] -> INVALID
            [::ffff:127.0.0.256] -> INVALID
            [::ffff:2130706433] -> INVALID
            ~ compatible, translated
            [::127.0.0.1] -> ADDRESS
            [::7f00:1] -> ADDRESS
            [::a9fe:a9fe] -> ADDRESS
            [0:0:0:0:0:0:127.0.0.1] -> ADDRESS
            [::8.8.8.8] -> ADDRESS
            [::ffff:0:127.0.0.1] -> ADDRESS
            [::ffff:0:7f00:1] -> ADDRESS
            [0:0:0:0:ffff:0:c0a8:101] -> ADDRESS
            [::ffff:0:8.8.8.8] -> ADDRESS
            [::ffff:ffff:7f00:1] -> ADDRESS
            ~ NAT64, well-known and local-use
            [64:ff9b::127.0.0.1] -> ADDRESS
            [64:ff9b::7f00:1] -> ADDRESS
            [64:FF9B::A9FE:A9FE] -> ADDRESS
            [0064:ff9b:0000:0000:0000:0000:8.8.8.8] -> ADDRESS
            [64:ff9b:1::127.0.0.1] -> ADDRESS
            [64:ff9b:1:7f00:0:100::] -> ADDRESS
            [64:ff9b:1::1] -> ADDRESS
            ~ 6to4, Teredo, ISATAP
            [2002:7f00:1::] -> ADDRESS
            [2002:7f00:0001::1] -> ADDRESS
            [2002:a9fe:a9fe::1] -> ADDRESS
            [2002:808:808::1] -> ADDRESS
            [2001:0:4136:e378:8000:63bf:80ff:fffe] -> ADDRESS
            [2001:0000:4136:e378:8000:63bf:3fff:fdd2] -> ADDRESS
            [fe80::5efe:127.0.0.1] -> ADDRESS
            [2606:4700::5efe:127.0.0.1] -> ADDRESS
            [2606:4700::200:5efe:a9fe:a9fe] -> ADDRESS
            [2606:4700::5efe:8.8.8.8] -> 2606:4700::5efe:808:808
            ~ scope ids
            [fe80::1%eth0] -> HOST_SPELLING
            [fe80::1%25eth0] -> HOST_SPELLING
            [fe80::1%1] -> HOST_SPELLING
            [fe80::1%251] -> HOST_SPELLING
            [::1%lo] -> HOST_SPELLING
            [::1%25lo] -> HOST_SPELLING
            [::1%0] -> HOST_SPELLING
            [::1%] -> HOST_SPELLING
            [::ffff:127.0.0.1%1] -> HOST_SPELLING
            [2606:4700:4700::1111%1] -> HOST_SPELLING
            [::%31] -> HOST_SPELLING
            127.0.0.1%eth0 -> INVALID
            ~ what is before or behind the host
            127.0.0.1@8.8.8.8 -> USERINFO
            8.8.8.8@127.0.0.1 -> USERINFO
            8.8.8.8:80@127.0.0.1 -> USERINFO
            8.8.8.8:80\\@127.0.0.1 -> 8.8.8.8
            127.1.1.1:80\\@127.2.2.2:80 -> ADDRESS
            8.8.8.8\\@127.0.0.1 -> 8.8.8.8
            8.8.8.8#@127.0.0.1 -> 8.8.8.8
            8.8.8.8?@127.0.0.1 -> 8.8.8.8
            1.1.1.1 &@2.2.2.2# @3.3.3.3 -> USERINFO
            127.0.0.1:22 -> PORT
            8.8.8.8:22 -> PORT
            127.0.0.1:080 -> ADDRESS
            127.0.0.1: -> ADDRESS
            127.0.0.1:80:80 -> INVALID
            127.0.0.1:+80 -> INVALID
            127.0.0.1:65616 -> INVALID
            localhost:+11211aaa -> INVALID
            0://evil.example:80;http://h:80 -> HOST_SPELLING
            """)
    void leads_where_it_says_or_nowhere(String host, String expected) {
        assertThat(outcome(FetchUrl.read("http://" + host + "/"))).isEqualTo(expected);
        assertThat(outcome(BASE.resolve(bytes("http://" + host + "/")))).isEqualTo(expected);
        assertThat(outcome(BASE.resolve(bytes("//" + host + "/")))).isEqualTo(expected);
        assertThat(outcome(BASE.resolve(bytes("\\\\" + host + "\\")))).isEqualTo(expected);
    }

    private static String outcome(UrlReading reading) {
        return switch (reading) {
            case UrlReading.Invalid _ -> "INVALID";
            case UrlReading.Refused(var _, var refusal) -> refusal.rule().name();
            case FetchUrl url ->
                GUARD.judge(url)
                        .map(refusal -> refusal.rule().name())
                        .or(() -> url.literal().map(Addresses::text))
                        .orElse(url.host());
        };
    }

    /// As a header hands it out.
    private static String bytes(String location) {
        return new String(location.getBytes(UTF_8), ISO_8859_1);
    }
}
