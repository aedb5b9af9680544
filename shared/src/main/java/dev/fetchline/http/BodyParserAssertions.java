package dev.fetchline.http;

import java.net.http.HttpClient;

/// Turns on the JDK's own assertions in what reads response bodies.
///
/// JDK 25's client reads a chunk size such as `80000000` as a negative number, asserts that there is none,
/// and without that assertion goes round for ever: the thread is lost, no timeout and no cancel ends it,
/// and a few such answers take all threads that run virtual ones. With it the response fails. The same
/// goes for a negative Content-Length.
final class BodyParserAssertions {
    private static final String PARSERS = "jdk.internal.net.http.ResponseContent";

    private BodyParserAssertions() {}

    /// Has an effect until the first body is read.
    static void enable() {
        ClassLoader loader = HttpClient.class.getClassLoader();
        if (loader == null) {
            throw new IllegalStateException("the JDK's HTTP client has no class loader to turn its assertions on");
        }
        loader.setClassAssertionStatus(PARSERS, true);
    }
}
