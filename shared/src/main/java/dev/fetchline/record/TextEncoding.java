package dev.fetchline.record;

import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An encoding of the web and the JDK's charset that decodes it.
///
/// @param name as the Encoding Standard (WHATWG, section 4.2, "Names and labels") has it, in lower case
record TextEncoding(String name, Charset charset) {
    static final TextEncoding UTF_8 = named("utf-8");
    static final TextEncoding UTF_16LE = named("utf-16le");
    static final TextEncoding UTF_16BE = named("utf-16be");
    static final TextEncoding WINDOWS_1252 = named("windows-1252");

    /// A line for each encoding: its name, the JDK's name where that differs, and its labels. Left out are those that
    /// the
    /// JDK cannot decode (iso-8859-10, iso-8859-14, x-user-defined) and "replacement", which decodes to nothing.
    /// For Japanese the JDK's plain decoders lack the characters of NEC and IBM that pages are full of.
    private static final String TABLE = """
            utf-8 = unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8
            ibm866 = 866 cp866 csibm866 ibm866
            iso-8859-2 = csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
            iso-8859-3 = csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
            iso-8859-4 = csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
            iso-8859-5 = csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
            iso-8859-6 = arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e \
            iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
            iso-8859-7 = csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 \
            iso_8859-7:1987 sun_eu_greek
            iso-8859-8 = csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 \
            iso_8859-8:1988 visual
            iso-8859-8-i iso-8859-8 = csiso88598i iso-8859-8-i logical
            iso-8859-13 = iso-8859-13 iso8859-13 iso885913
            iso-8859-15 = csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
            iso-8859-16 = iso-8859-16
            koi8-r = cskoi8r koi koi8 koi8-r koi8_r
            koi8-u = koi8-ru koi8-u
            macintosh x-macroman = csmacintosh mac macintosh x-mac-roman
            windows-874 x-windows-874 = dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
            windows-1250 = cp1250 windows-1250 x-cp1250
            windows-1251 = cp1251 windows-1251 x-cp1251
            windows-1252 = ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 \
            iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252
            windows-1253 = cp1253 windows-1253 x-cp1253
            windows-1254 = cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 \
            windows-1254 x-cp1254
            windows-1255 = cp1255 windows-1255 x-cp1255
            windows-1256 = cp1256 windows-1256 x-cp1256
            windows-1257 = cp1257 windows-1257 x-cp1257
            windows-1258 = cp1258 windows-1258 x-cp1258
            x-mac-cyrillic x-macukraine = x-mac-cyrillic x-mac-ukrainian
            gbk gb18030 = chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk
            gb18030 = gb18030
            big5 big5-hkscs = big5 big5-hkscs cn-big5 csbig5 x-x-big5
            euc-jp x-eucjp-open = cseucpkdfmtjapanese euc-jp x-euc-jp
            iso-2022-jp x-windows-iso2022jp = csiso2022jp iso-2022-jp
            shift_jis windows-31j = csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis
            euc-kr x-windows-949 = cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 \
            ksc_5601 windows-949
            utf-16be = unicodefffe utf-16be
            utf-16le = csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le
            """;

    private static final Map<String, String[]> NAMES_BY_LABEL = readTable();

    /// The encoding of a label as pages and headers write it; empty where there is none.
    static Optional<TextEncoding> byLabel(String label) {
        String[] names = NAMES_BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT));
        if (names == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TextEncoding(names[0], Charset.forName(names[names.length - 1])));
        } catch (UnsupportedCharsetException notInThisJdk) {
            // A JDK may be built without its module of rarer charsets.
            return Optional.empty();
        }
    }

    private static TextEncoding named(String name) {
        return new TextEncoding(name, Charset.forName(name));
    }

    private static Map<String, String[]> readTable() {
        Map<String, String[]> names = new HashMap<>();
        TABLE.lines().forEach(line -> {
            String[] sides = line.split(" = ", 2);
            for (String label : sides[1].split(" ", -1)) {
                names.put(label, sides[0].split(" ", -1));
            }
        });
        return names;
    }

    /// Whether NUL bytes are part of plain text in it.
    boolean isWide() {
        return name.startsWith("utf-16");
    }
}
