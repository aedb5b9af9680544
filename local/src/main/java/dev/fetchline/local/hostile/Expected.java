package dev.fetchline.local.hostile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The record that a case must give: attributes by name, with `-` for one that must not be there. What is not named may
/// be anything. Where the RFCs leave a choice there are several, and one must fit.
///
/// @param choices at least one
public record Expected(List<Map<String, String>> choices) {
    static final String ABSENT = "-";

    /// A usable answer that is whole.
    static Expected answered(String status, int httpStatus) {
        return just(Map.of(
                "status", status, "httpStatus", Integer.toString(httpStatus), "error", ABSENT, "truncated", ABSENT));
    }

    /// Status OK with 200.
    static Expected ok() {
        return answered("OK", 200);
    }

    /// Status OK with 200 and this text as the whole body.
    static Expected ok(String body) {
        return ok().body(body);
    }

    /// Status OK with 200 and the label that says where the body ends is a guess; RFC 9112 section 6.3 lets a client
    /// also
    /// refuse such a response.
    static Expected doubtful() {
        return ok().truncated("FRAMING").or(failed("PROTOCOL"));
    }

    /// No usable answer.
    ///
    /// @param kind of the error
    static Expected failed(String kind) {
        return just(Map.of("status", "FAILED", "httpStatus", ABSENT, "error", kind, "truncated", ABSENT));
    }

    /// No usable answer after a response that had a status.
    static Expected failed(String kind, int httpStatus) {
        return failed(kind).with("httpStatus", Integer.toString(httpStatus));
    }

    /// Policy says no.
    ///
    /// @param rule that says it
    static Expected refused(String rule) {
        return just(Map.of("status", "REFUSED", "httpStatus", ABSENT, "error", rule));
    }

    /// The text is no URL.
    static Expected invalid() {
        return just(Map.of("status", "INVALID", "httpStatus", ABSENT, "error", "URL"));
    }

    private static Expected just(Map<String, String> attributes) {
        return new Expected(List.of(attributes));
    }

    Expected or(Expected other) {
        List<Map<String, String>> all = new ArrayList<>(choices);
        all.addAll(other.choices);
        return new Expected(List.copyOf(all));
    }

    /// The same with one attribute more, in every choice.
    Expected with(String name, String value) {
        return new Expected(choices.stream()
                .map(choice -> {
                    Map<String, String> more = new LinkedHashMap<>(choice);
                    more.put(name, value);
                    return Map.copyOf(more);
                })
                .toList());
    }

    Expected truncated(String reason) {
        return with("truncated", reason);
    }

    /// The decoded body, to the byte.
    Expected body(byte[] decoded) {
        return with("bodyBytes", Integer.toString(decoded.length)).with("bodySha256", sha256(decoded));
    }

    Expected body(String latin1) {
        return body(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    Expected bodyBytes(int decoded) {
        return with("bodyBytes", Integer.toString(decoded));
    }

    /// The text as it is stored, and the charset that it was read in.
    Expected text(String charset, String stored) {
        return with("charset", charset).with("body", stored);
    }

    /// The body is kept as its hash alone.
    Expected notText() {
        return with("bodyStored", "NOT_TEXT").with("body", ABSENT).with("charset", ABSENT);
    }

    Expected redirects(int hops) {
        return with("redirects", Integer.toString(hops));
    }

    boolean fits(Map<String, String> found) {
        return choices.stream()
                .anyMatch(choice -> choice.entrySet().stream()
                        .allMatch(its -> its.getValue().equals(found.getOrDefault(its.getKey(), ABSENT))));
    }

    /// Of what was found, what this names: so that the two can be laid side by side.
    String partOf(Map<String, String> found) {
        return choices.stream()
                .flatMap(choice -> choice.keySet().stream())
                .distinct()
                .sorted()
                .map(name -> name + "=" + found.getOrDefault(name, ABSENT))
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return choices.stream()
                .map(choice -> choice.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(its -> its.getKey() + "=" + its.getValue())
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" or "));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
