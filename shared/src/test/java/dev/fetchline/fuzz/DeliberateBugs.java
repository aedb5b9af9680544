package dev.fetchline.fuzz;

import static dev.fetchline.fuzz.DeliberateBug.border;
import static dev.fetchline.fuzz.DeliberateBug.constant;
import static dev.fetchline.fuzz.DeliberateBug.forgotten;
import static dev.fetchline.fuzz.DeliberateBug.of;
import static dev.fetchline.fuzz.Subject.CHARSETS;
import static dev.fetchline.fuzz.Subject.CONTENT;
import static dev.fetchline.fuzz.Subject.LOCATIONS;
import static dev.fetchline.fuzz.Subject.MESSAGES;
import static dev.fetchline.fuzz.Subject.RETRY_AFTER;
import static dev.fetchline.fuzz.Subject.URLS;

import java.lang.classfile.Opcode;
import java.util.List;

/// Two mistakes for each target, as a programmer might make them; each must be found.
final class DeliberateBugs {
    private DeliberateBugs() {}

    static List<DeliberateBug> all() {
        return List.of(
                of(
                        MESSAGES,
                        "a timeoutMs of one millisecond more than the limit is taken",
                        "intake.Options",
                        "<clinit>",
                        constant(900_000L, 900_001L)),
                of(
                        MESSAGES,
                        "names of headers are compared as they are written: \"host\" is refused, \"Host\" is not",
                        "intake.HeaderRules",
                        "lowerCase",
                        forgotten("toLowerCase")),
                of(
                        URLS,
                        "leading zeros in a dotted address are taken: 0177.0.0.1 is fetched as 177.0.0.1",
                        "guard.Ipv4Text",
                        "octet",
                        forgotten("startsWith")),
                of(URLS, "port 65,536 is taken for one", "guard.UrlSplit", "port", constant(65_535, 65_536)),
                of(
                        LOCATIONS,
                        "\"..\" leaves the segment before it where it is",
                        "guard.DotSegments",
                        "remove",
                        forgotten("pollLast")),
                of(
                        LOCATIONS,
                        "a Location in UTF-8 is read as Latin-1",
                        "guard.FetchUrl",
                        "resolve",
                        forgotten("utf8IfValid")),
                of(
                        RETRY_AFTER,
                        "a year of two digits is at most 49 years ahead, not 50",
                        "retry.RetryAfter",
                        "rfc850",
                        constant(99, 100)),
                of(
                        RETRY_AFTER,
                        "blanks around the value are not cut off",
                        "retry.RetryAfter",
                        "read",
                        forgotten("strip")),
                of(
                        CHARSETS,
                        "a <meta> is looked for in 512 bytes, not in 1,024",
                        "record.MetaPrescan",
                        "find",
                        constant(1_024, 512)),
                of(
                        CHARSETS,
                        "labels of encodings are known in lower case only",
                        "record.TextEncoding",
                        "byLabel",
                        forgotten("toLowerCase")),
                of(
                        CONTENT,
                        "a second gzip member is inflated with the state of the first",
                        "http.GzipFormat",
                        "takeTrailer",
                        forgotten("reset")),
                of(
                        CONTENT,
                        "what was inflated right before broken data is thrown away",
                        "http.KeepingInflater",
                        "inflate",
                        border(Opcode.IFNE, Opcode.IFEQ, 1)));
    }
}
