package dev.fetchline.local.probe;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/// The packaged function as it starts, and then a client that asks no guard at all: what it cannot reach,
/// the second lock alone has kept from it.
public final class RawFetchHandler
        implements RequestHandler<Map<String, List<Map<String, Object>>>, Map<String, Object>> {
    private final HttpClient client = HttpClient.newHttpClient();

    public RawFetchHandler() throws ReflectiveOperationException {
        Class.forName("dev.fetchline.lambda.FetchHandler").getConstructor().newInstance();
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, List<Map<String, Object>>> event, Context context) {
        for (Map<String, Object> message : event.get("Records")) {
            String url = (String) message.get("body");
            System.out.println("raw " + url + " " + fetch(url));
        }
        return Map.of("batchItemFailures", List.of());
    }

    private String fetch(String url) {
        try {
            return Integer.toString(
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode());
        } catch (Exception failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getClass().getSimpleName();
        }
    }
}
