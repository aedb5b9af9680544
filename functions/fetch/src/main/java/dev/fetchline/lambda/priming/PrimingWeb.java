package dev.fetchline.lambda.priming;

import dev.fetchline.lambda.priming.LoopbackServer.Answer;
import dev.fetchline.lambda.priming.LoopbackServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// The web that priming fetches from: pages as they are met outside, and what goes wrong with them.
///
/// @param trusted a scratch file with the authority of `secure`
/// @param untrusted shows a certificate of an authority of its own
/// @param unanswered holds a port on which nobody listens
record PrimingWeb(
        LoopbackServer plain, LoopbackServer secure, LoopbackServer untrusted, Socket unanswered, Path trusted)
        implements AutoCloseable {
    private static final String PARAGRAPH =
            "<p>Nothing of this is read; it is as long as paragraphs are, and as dull as most of them, so that it packs as"
                    + " well as they do.</p>\n";

    private static final Map<String, Answer> ANSWERS = answers();

    static PrimingWeb start() throws IOException, GeneralSecurityException {
        PrimingAuthority authority = PrimingAuthority.create();
        Path trusted = Files.createTempFile("priming", ".pem");
        Socket unanswered = new Socket();
        unanswered.bind(LoopbackServer.anyPort());
        return new PrimingWeb(
                LoopbackServer.start(new ServerSocket(), PrimingWeb::answer),
                LoopbackServer.start(authority.serverSocket(), PrimingWeb::answer),
                LoopbackServer.start(PrimingAuthority.create().serverSocket(), PrimingWeb::answer),
                unanswered,
                Files.writeString(trusted, authority.pem()));
    }

    /// All that may be fetched from.
    List<Integer> ports() {
        return List.of(plain.port(), secure.port(), untrusted.port(), unanswered.getLocalPort());
    }

    private static Answer answer(Request request) {
        // A query tells one URL from another, and nothing else.
        String path = request.path().split("\\?", 2)[0];
        return ANSWERS.getOrDefault(path, response("404 Not Found", "text/plain", "nothing here", "", true));
    }

    private static Map<String, Answer> answers() {
        String page = "<!doctype html><html><head><meta charset=utf-8><title>Priming</title></head><body>\n";
        Map<String, Answer> answers = new HashMap<>();
        answers.put("/page", ok("text/html; charset=utf-8", page + PARAGRAPH.repeat(8), ""));
        answers.put("/found", ok("text/html", page + PARAGRAPH.repeat(8), ""));
        answers.put("/gzip", ok("text/html", gzip(page + PARAGRAPH.repeat(100)), "Content-Encoding: gzip\r\n"));
        answers.put("/json", ok("application/json", "{\"key\":[1,2,3]}", "ETag: \"1\"\r\nCache-Control: no-store\r\n"));
        answers.put("/latin", ok("text/html; charset=iso-8859-1", page + "\u00e4".repeat(2_000), ""));
        answers.put("/large", ok("text/plain; charset=utf-8", PARAGRAPH.repeat(800), ""));
        answers.put("/image", ok("image/png", "\0".repeat(20_000), ""));
        answers.put("/chunked", new Answer(chunked(), false));
        answers.put("/once", response("200 OK", "text/html; charset=utf-8", page + PARAGRAPH.repeat(8), "", true));
        answers.put("/moved", redirect("/page"));
        answers.put("/away", redirect("http://169.254.169.254/latest/meta-data/"));
        answers.put("/broken", response("500 Internal Server Error", "text/plain", "", "", false));
        answers.put("/busy", response("503 Service Unavailable", "text/plain", "", "Retry-After: 60\r\n", false));
        answers.put("/hangs-up", new Answer("", true));
        answers.put("/silent", new Answer("", false));
        answers.put("/no-http", new Answer("SSH-2.0-priming\r\n\r\n", true));
        answers.put(
                "/cut-off",
                new Answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Type: text/plain\r\n\r\nhalf", true));
        return answers;
    }

    private static Answer ok(String type, String body, String headers) {
        return response("200 OK", type, body, headers, false);
    }

    private static Answer redirect(String location) {
        return response("302 Found", "text/html", "", "Location: " + location + "\r\n", false);
    }

    private static Answer response(String status, String type, String body, String headers, boolean closes) {
        return new Answer(
                "HTTP/1.1 " + status + "\r\nServer: priming\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: "
                        + type
                        + "\r\nContent-Length: " + body.length() + "\r\n" + headers
                        + (closes ? "Connection: close\r\n" : "") + "\r\n" + body,
                closes);
    }

    private static String chunked() {
        String chunk = Integer.toHexString(PARAGRAPH.length()) + "\r\n" + PARAGRAPH + "\r\n";
        return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(20)
                + "0\r\n\r\n";
    }

    private static String gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        plain.close();
        secure.close();
        untrusted.close();
        unanswered.close();
        Files.delete(trusted);
    }
}
