package dev.fetchline.lambda.priming;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/// The JDK's HTTP client for the SDK, as far as priming needs one: the SDK's own for Java would be a second
/// stack in the package, and the one that the function uses is native.
final class SdkOverJdk implements SdkAsyncHttpClient {
    /// The JDK's client sets them itself.
    private static final Set<String> ITS_OWN = Set.of("host", "content-length", "connection", "expect");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        return http.sendAsync(requestOf(request), BodyHandlers.ofByteArray())
                .thenAccept(response -> deliver(response, request))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        request.responseHandler().onError(failure);
                    }
                });
    }

    private static HttpRequest requestOf(AsyncExecuteRequest request) {
        SdkHttpRequest its = request.request();
        BodyPublisher body = request.requestContentPublisher()
                .contentLength()
                .filter(length -> length > 0)
                .map(length -> BodyPublishers.fromPublisher(
                        FlowAdapters.toFlowPublisher(request.requestContentPublisher()), length))
                .orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(its.getUri()).method(its.method().name(), body);
        its.forEachHeader((name, values) -> {
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    private static void deliver(HttpResponse<byte[]> response, AsyncExecuteRequest request) {
        request.responseHandler()
                .onHeaders(SdkHttpResponse.builder()
                        .statusCode(response.statusCode())
                        .headers(response.headers().map())
                        .build());
        request.responseHandler().onStream(AsyncRequestBody.fromBytes(response.body()));
    }

    @Override
    public String clientName() {
        return "priming";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
