package dev.fetchline.local.results;

import dev.fetchline.intake.Sha256;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.UrlHost;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of the file that a record's body is written to: the host for a person to find it, a hash for it to be the
/// only one, a suffix by the media type. Nothing of the URL but its host gets into it, and of that only letters,
/// digits,
/// dots and hyphens.
final class BodyFileName {
    private static final int HOST_CHARS_MAX = 80;
    private static final int HASH_CHARS = 16;

    /// Devices on Windows, also with a suffix.
    private static final Pattern DEVICE = Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.].*)?");

    private static final Pattern UNSAFE = Pattern.compile("[^a-z0-9.-]");

    /// None of these is run when it is double-clicked; scripts are text.
    private static final Map<String, String> SUFFIXES = Map.ofEntries(
            Map.entry("text/html", "html"),
            Map.entry("application/xhtml+xml", "xhtml"),
            Map.entry("text/css", "css"),
            Map.entry("text/csv", "csv"),
            Map.entry("text/markdown", "md"),
            Map.entry("text/xml", "xml"),
            Map.entry("application/xml", "xml"),
            Map.entry("application/rss+xml", "xml"),
            Map.entry("application/atom+xml", "xml"),
            Map.entry("application/json", "json"),
            Map.entry("application/x-ndjson", "jsonl"),
            Map.entry("application/pdf", "pdf"),
            Map.entry("application/zip", "zip"),
            Map.entry("application/gzip", "gz"),
            Map.entry("image/png", "png"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("image/x-icon", "ico"));

    private static final Set<String> TEXTS = Set.of("application/javascript", "application/yaml", "application/sql");

    private BodyFileName() {}

    /// At most 120 characters of lower-case ASCII, the same for the same key.
    static String of(FetchRecord fetched) {
        return hostOf(fetched.url())
                + "-"
                + Sha256.hex(fetched.batchId() + "\n" + fetched.url()).substring(0, HASH_CHARS)
                + "."
                + suffixOf(fetched.text("contentType"));
    }

    private static String hostOf(String key) {
        String host = UrlHost.of(key);
        if (host == null) {
            return "nohost";
        }
        String safe = UNSAFE.matcher(host.toLowerCase(Locale.ROOT)).replaceAll("_");
        String cut = safe.length() <= HOST_CHARS_MAX ? safe : safe.substring(0, HOST_CHARS_MAX);
        boolean isHidden = cut.startsWith(".") || cut.startsWith("-");
        return isHidden || DEVICE.matcher(cut).matches() ? "_" + cut : cut;
    }

    private static String suffixOf(@Nullable String contentType) {
        if (contentType == null) {
            return "bin";
        }
        int end = contentType.indexOf(';');
        String name =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        String known = SUFFIXES.get(name);
        if (known != null) {
            return known;
        }
        if (name.endsWith("+json")) {
            return "json";
        }
        if (name.endsWith("+xml")) {
            return "xml";
        }
        return name.startsWith("text/") || TEXTS.contains(name) ? "txt" : "bin";
    }
}
