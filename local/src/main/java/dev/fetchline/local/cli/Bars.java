package dev.fetchline.local.cli;

import java.util.Locale;
import java.util.Map;

/// Bars for a terminal: of blocks that are an eighth of a character wide at the finest, or of plain ASCII.
///
/// @param isPlain whether only ASCII is drawn
record Bars(boolean isPlain) {
    private static final String EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589";
    private static final String FULL = "\u2588";

    /// Plain where `NO_COLOR` asks for it, or where the locale is not UTF-8. The launcher sets `LC_ALL` to `C.UTF-8`
    /// where it
    /// is not, which says nothing of the terminal.
    static Bars of(Map<String, String> environment) {
        String noColor = environment.getOrDefault("NO_COLOR", "");
        String all = environment.getOrDefault("LC_ALL", "");
        String type = environment.getOrDefault("LC_CTYPE", "");
        String language = environment.getOrDefault("LANG", "");
        boolean isSetByLauncher = all.equals("C.UTF-8");
        String locale = !all.isEmpty() && !isSetByLauncher ? all : !type.isEmpty() ? type : language;
        String upper = locale.toUpperCase(Locale.ROOT);
        return new Bars(!noColor.isEmpty() || !(upper.endsWith("UTF-8") || upper.endsWith("UTF8")));
    }

    /// A bar that fills its columns by a share from 0 to 1; what is more than nothing is seen.
    String of(double share, int columns) {
        double within = Math.clamp(share, 0, 1);
        int eighths = (int) Math.round(within * columns * 8);
        if (within > 0 && eighths == 0) {
            eighths = 1;
        }
        if (isPlain) {
            int whole = Math.ceilDiv(eighths, 8);
            return "#".repeat(whole) + ".".repeat(columns - whole);
        }
        int whole = eighths / 8;
        String part = eighths % 8 == 0 ? "" : String.valueOf(EIGHTHS.charAt(eighths % 8));
        return FULL.repeat(whole) + part + " ".repeat(columns - whole - part.length());
    }
}
