package dev.fetchline.local.stack;

import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Type;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A loop that does what Lambda's runtime client does, for machines where that has no native part: asks for events,
/// hands them to the handler, posts what became of them. Class loaders, JSON and JVM security settings are the
/// client's.
///
/// It talks by HttpURLConnection: the function's own guards of java.net.http must find that client untouched.
final class StandInRuntime {
    private static final String API = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

    private StandInRuntime() {}

    public static void main(String[] arguments) throws IOException {
        // As the runtime client sets them.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Security.setProperty(
                "jdk.tls.disabledAlgorithms",
                "SSLv3, RC4, MD5withRSA, DH keySize < 1024, EC keySize < 224, DES40_CBC, RC4_40, 3DES_EDE_CBC");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        StandInHandler handler;
        try {
            ClassLoader loader = taskLoader(System.getProperty("user.dir"));
            Thread.currentThread().setContextClassLoader(loader);
            handler = StandInHandler.load(arguments[0], loader);
        } catch (Throwable e) {
            e.printStackTrace();
            post(
                    "init/error",
                    error(e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e));
            System.exit(1);
            return;
        }
        try {
            while (true) {
                handleNext(handler);
            }
        } catch (IOException e) {
            // The Runtime API is gone, and with it whoever started this process.
            System.exit(1);
        }
    }

    private static void handleNext(StandInHandler handler) throws IOException {
        HttpURLConnection next = connection("invocation/next");
        byte[] event;
        try (var body = next.getInputStream()) {
            event = body.readAllBytes();
        }
        StandInContext context = new StandInContext(
                next.getHeaderField("Lambda-Runtime-Aws-Request-Id"),
                Long.parseLong(next.getHeaderField("Lambda-Runtime-Deadline-Ms")),
                next.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
        String path = "invocation/" + context.getAwsRequestId();
        byte[] answer;
        try {
            answer = handler.handle(event, context);
        } catch (Throwable e) {
            e.printStackTrace();
            post(path + "/error", error(e));
            if (e instanceof VirtualMachineError) {
                System.exit(1);
            }
            return;
        }
        post(path + "/response", answer);
    }

    /// The function's classes, then its jars by name, over a system class path that holds none of them.
    private static ClassLoader taskLoader(String directory) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(new File(directory + "/").toURI().toURL());
        File[] jars = new File(directory, "lib").listFiles((_, name) -> name.endsWith(".jar"));
        if (jars != null) {
            Arrays.sort(jars);
            for (File jar : jars) {
                urls.add(jar.toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getSystemClassLoader());
    }

    private static byte[] error(Throwable failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", String.valueOf(failure.getMessage()));
        error.put("errorType", failure.getClass().getName());
        error.put(
                "stackTrace",
                Arrays.stream(failure.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        GsonFactory.getInstance().getSerializer((Type) Map.class).toJson(error, json);
        return json.toByteArray();
    }

    private static void post(String path, byte[] body) throws IOException {
        HttpURLConnection connection = connection(path);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
        try (var answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }

    private static HttpURLConnection connection(String path) throws IOException {
        return (HttpURLConnection) URI.create(API + path).toURL().openConnection(Proxy.NO_PROXY);
    }
}
