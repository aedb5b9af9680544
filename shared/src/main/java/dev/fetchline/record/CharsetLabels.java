package dev.fetchline.record;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names of charsets as the web means them (Encoding Standard section 4.2). Where the JDK reads a label in the same
/// way, it is asked.
final class CharsetLabels {
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        put(
                "windows-1252",
                "iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 l1 cp819 ibm819");
        put("windows-1252", "csisolatin1 ascii us-ascii ansi_x3.4-1968 x-cp1252 x-user-defined");
        put(
                "windows-1254",
                "iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 latin5 l5 csisolatin5");
        put("windows-1254", "x-cp1254");
        put("x-windows-874", "iso-8859-11 iso8859-11 iso885911 tis-620 dos-874 windows-874");
        put("GBK", "gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 csiso58gb231280 iso-ir-58");
        put("Big5-HKSCS", "big5 cn-big5 csbig5 x-x-big5");
        put("windows-31j", "shift_jis shift-jis sjis x-sjis csshiftjis ms_kanji ms932");
        put("x-windows-949", "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989");
        put("x-windows-949", "ksc5601 ksc_5601 windows-949");
        put("x-MacRoman", "macintosh mac csmacintosh x-mac-roman");
        put("x-MacCyrillic", "x-mac-cyrillic x-mac-ukrainian");
        put("KOI8-R", "koi koi8 koi8_r");
        put("KOI8-U", "koi8-ru");
        put("ISO-8859-8", "iso-8859-8-i csiso88598i logical visual");
        put("UTF-8", "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8");
        put("UTF-16LE", "utf-16 unicode csunicode ucs-2 iso-10646-ucs-2 unicodefeff");
        put("UTF-16BE", "unicodefffe");
    }

    private CharsetLabels() {}

    private static void put(String charset, String labels) {
        for (String label : labels.split(" ", -1)) {
            NAMES.put(label, charset);
        }
    }

    /// The charset that a label names; empty where it names none.
    static Optional<Charset> find(String label) {
        String plain = label.strip().toLowerCase(Locale.ROOT);
        try {
            return Optional.of(Charset.forName(NAMES.getOrDefault(plain, plain)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
