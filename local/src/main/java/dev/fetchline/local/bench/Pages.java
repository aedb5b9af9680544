package dev.fetchline.local.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/// The answers of a web, made before anyone asks: a handful of bodies of one length, so that a record with another
/// page's hash is found out. The page of a number is always the same.
final class Pages {
    private static final int VARIANTS = 16;

    private final byte[][] responses = new byte[VARIANTS][];
    private final String[] hashes = new String[VARIANTS];
    private final int bodyBytes;

    /// @param bodyBytes of each page
    /// @param closing whether the server closes each connection after its answer
    Pages(int bodyBytes, boolean closing) {
        this.bodyBytes = bodyBytes;
        for (int variant = 0; variant < VARIANTS; variant++) {
            byte[] body = body(variant);
            hashes[variant] = sha256(body);
            responses[variant] = response(body, closing, hashes[variant].substring(0, 12));
        }
    }

    /// Text of a page: not one that compresses to nothing, and ASCII, as most pages of the web are.
    private byte[] body(int variant) {
        StringBuilder text = new StringBuilder(bodyBytes)
                .append("<!doctype html><html><head><title>Page ")
                .append(variant)
                .append("</title></head><body>");
        Random random = new Random(variant);
        while (text.length() < bodyBytes) {
            text.append(Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36)).append(' ');
        }
        return text.substring(0, bodyBytes).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] response(byte[] body, boolean closing, String tag) {
        byte[] head = ("HTTP/1.1 200 OK\r\n"
                        + "Date: Mon, 23 Nov 2026 08:00:00 GMT\r\n"
                        + "Server: bench\r\n"
                        + "Content-Type: text/html; charset=utf-8\r\n"
                        + "Content-Length: " + body.length + "\r\n"
                        + "Cache-Control: max-age=600\r\n"
                        + "ETag: \"" + tag + "\"\r\n"
                        + (closing ? "Connection: close\r\n" : "")
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Head and body of the page of a number.
    byte[] response(int number) {
        return responses[number % VARIANTS];
    }

    /// The SHA-256 of its body, in hex.
    String hash(int number) {
        return hashes[number % VARIANTS];
    }

    int bodyBytes() {
        return bodyBytes;
    }
}
