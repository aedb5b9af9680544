package dev.fetchline.fuzz;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// What is fuzzed: the part of the product that reads one kind of thing from strangers, and the classes
/// it is made of.
public enum Subject {
    /// Bodies of messages.
    MESSAGES(
            "messages",
            "intake.MessageReaderTarget",
            "intake.BatchReader intake.DeferralReader intake.DeferredPart intake.Fault intake.HeaderRules"
                    + " intake.IntegerRange intake.InvalidItem intake.ItemList intake.ItemReader intake.JsonFault"
                    + " intake.JsonReader intake.JsonValue intake.Options intake.SafeText intake.TextRange"),
    /// URLs as submitted.
    URLS(
            "urls",
            "guard.UrlParserTarget",
            "guard.FetchUrl guard.UrlParser guard.UrlSplit guard.HostName guard.InternationalName guard.Ipv4Text"
                    + " guard.Ipv6Text guard.PercentEncoding guard.Punycode guard.DotSegments guard.Redaction"),
    /// Location headers against the URL that was asked for.
    LOCATIONS(
            "locations",
            "guard.LocationTarget",
            "guard.FetchUrl guard.UrlParser guard.UrlSplit guard.PercentEncoding guard.DotSegments"),
    /// Retry-After headers.
    RETRY_AFTER("retry-after", "retry.RetryAfterTarget", "retry.RetryAfter"),
    /// Bodies as text: which charset, and decoding.
    CHARSETS(
            "charsets",
            "record.CharsetTarget",
            "record.BodyText record.CharsetFinder record.MetaPrescan record.MediaType record.TextEncoding"),
    /// Bodies in a Content-Encoding.
    CONTENT(
            "content",
            "http.ContentDecoderTarget",
            "http.ContentDecoder http.GzipFormat http.DeflateFormat http.KeepingInflater http.ByteSink");

    private final String label;
    private final String targetClass;
    private final Set<String> classNames;

    Subject(String label, String targetClass, String classNames) {
        this.label = label;
        this.targetClass = "dev.fetchline." + targetClass;
        Set<String> names = new LinkedHashSet<>();
        Arrays.stream(classNames.split(" ", -1))
                .map(name -> "dev.fetchline." + name)
                .forEach(names::add);
        this.classNames = names;
    }

    /// As commands and reports name it; also the folder of its corpus.
    public String label() {
        return label;
    }

    /// The top-level classes whose lines are counted; what is nested in them belongs to them.
    public Set<String> classNames() {
        return Set.copyOf(classNames);
    }

    String targetClass() {
        return targetClass;
    }
}
