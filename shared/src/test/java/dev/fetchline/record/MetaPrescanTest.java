package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetaPrescanTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<meta charset=euc-jp> | euc-jp",
                "<META CHARSET = 'EUC-JP' > | euc-jp",
                "<meta charset=\"latin1\"/> | windows-1252",
                "<meta/charset=koi8-r> | koi8-r",
                "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"> | windows-1251",
                "<meta content='text/html;charset=big5' http-equiv='content-type'> | big5",
                "<meta content='text/html;charset=\"gb2312\"; x' http-equiv='content-type'> | gbk",
                "<meta content='text/html; charset charset = koi8-u' http-equiv='content-type'> | koi8-u",
                "<meta content='text/html; charset=koi8-u'> | none",
                "<meta http-equiv=refresh content='1; charset=koi8-u'> | none",
                "<meta name=description content='charset=koi8-u'> | none",
                "<meta charset=nonsense><meta charset=koi8-u> | koi8-u",
                "<meta charset=nonsense http-equiv=content-type content='x;charset=koi8-u'> | none",
                "<meta charset=koi8-r charset=koi8-u> | koi8-r",
                "<!-- <meta charset=koi8-r> --><meta charset=koi8-u> | koi8-u",
                "<!--><meta charset=koi8-r> --> | koi8-r",
                "<!-- <meta charset=koi8-r> | none",
                "<div title='<meta charset=koi8-r>'><meta charset=koi8-u> | koi8-u",
                "<div title=\"a>b\"><meta charset=koi8-u> | koi8-u",
                "<?php <meta charset=koi8-r> ?><meta charset=koi8-u> | koi8-u",
                "<!doctype html><html><head><meta charset=koi8-u> | koi8-u",
                "</p <meta charset=koi8-r> <meta charset=koi8-u> | koi8-u",
                "<script>var x = '<meta charset=koi8-r>'</script> | koi8-r",
                "<metadata charset=koi8-r> | none",
                "<meta charset=utf-16> | utf-8",
                "<meta charset=utf-16be> | utf-8",
                "<meta charset=koi8-r | none",
                "<meta charset='koi8-r> | none",
                "1 < 2 <meta charset=koi8-r> | koi8-r",
                "< meta charset=koi8-r> | none",
                "<meta =x charset=koi8-r> | koi8-r",
                "no page at all | none"
            })
    void finds_what_the_html_standard_finds(String page, String encoding) {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        assertThat(MetaPrescan.find(bytes, bytes.length).map(TextEncoding::name).orElse("none"))
                .isEqualTo(encoding);
    }
}
