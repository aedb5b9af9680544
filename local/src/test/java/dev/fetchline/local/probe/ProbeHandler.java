package dev.fetchline.local.probe;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Does what a message's body says, and writes a line for every message to its log.
public final class ProbeHandler implements RequestHandler<Map<String, List<Map<String, Object>>>, Map<String, Object>> {
    static {
        String failure = System.getenv("PROBE_INIT_FAILURE");
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private final List<ByteBuffer> hoard = new ArrayList<>();

    @Override
    public Map<String, Object> handleRequest(Map<String, List<Map<String, Object>>> event, Context context) {
        List<Map<String, Object>> messages = event.get("Records");
        List<Map<String, Object>> failures = new ArrayList<>();
        for (Map<String, Object> message : messages) {
            System.out.println("probe pid=" + ProcessHandle.current().pid() + " batch=" + messages.size() + " receive="
                    + receives(message) + " id=" + message.get("messageId") + " body="
                    + head((String) message.get("body")));
            if (!handled(message, context)) {
                failures.add(Map.of("itemIdentifier", message.get("messageId")));
            }
        }
        return Map.of("batchItemFailures", failures);
    }

    private static Object receives(Map<String, Object> message) {
        return ((Map<?, ?>) message.get("attributes")).get("ApproximateReceiveCount");
    }

    private boolean handled(Map<String, Object> message, Context context) {
        String[] order = ((String) message.get("body")).split(" ", 2);
        boolean first = "1".equals(receives(message));
        switch (order[0]) {
            case "fail" -> {
                return false;
            }
            case "fail-once" -> {
                return !first;
            }
            case "throw" -> throw new IllegalArgumentException("thrown on demand");
            case "throw-once" -> {
                if (first) {
                    throw new IllegalArgumentException("thrown on demand");
                }
            }
            case "hang" -> hang();
            case "hog" -> hog();
            case "exit" -> Runtime.getRuntime().halt(7);
            case "meet" -> meet(Path.of(order[1]));
            case "tell" -> tell(message, context);
            default -> {}
        }
        return true;
    }

    private static void tell(Map<String, Object> message, Context context) {
        System.getenv().forEach((name, value) -> System.out.println("env " + name + "=" + value));
        System.out.println("told user.dir=" + System.getProperty("user.dir"));
        System.out.println("told option=" + System.getProperty("probe.option"));
        System.out.println("told system-loader-sees-handler=" + seenBySystemLoader());
        System.out.println("told loader-is-context-loader="
                + (Thread.currentThread().getContextClassLoader() == ProbeHandler.class.getClassLoader()));
        System.out.println("told library="
                + JsonFactory.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath());
        System.out.println("told remaining=" + context.getRemainingTimeInMillis());
        System.out.println("told function=" + context.getFunctionName());
        System.out.println("told arn=" + message.get("eventSourceARN"));
        System.out.println("told md5=" + message.get("md5OfBody"));
        ((Map<?, ?>) message.get("messageAttributes"))
                .forEach((name, value) ->
                        System.out.println("told attribute " + name + "=" + ((Map<?, ?>) value).get("stringValue")));
        System.out.println("told text=größer ⇒ 漢字");
    }

    private static boolean seenBySystemLoader() {
        try {
            Class.forName(ProbeHandler.class.getName(), false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }

    /// Grows outside the heap, where no OutOfMemoryError ends it, and when the JVM gives no more there,
    /// inside too.
    private void hog() {
        System.setProperty("probe.hog", "on");
        while (true) {
            ByteBuffer more;
            try {
                more = ByteBuffer.allocateDirect(8 << 20);
            } catch (OutOfMemoryError atItsLimit) {
                more = ByteBuffer.allocate(8 << 20);
            }
            while (more.hasRemaining()) {
                more.put((byte) 1);
            }
            hoard.add(more);
        }
    }

    /// Returns only when a second process has come here too.
    private static void meet(Path directory) {
        try {
            Files.writeString(
                    directory.resolve(Long.toString(ProcessHandle.current().pid())), "here");
            while (true) {
                try (var files = Files.list(directory)) {
                    if (files.count() >= 2) {
                        return;
                    }
                }
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(@Nullable String body) {
        return body == null || body.length() < 100 ? String.valueOf(body) : body.substring(0, 100);
    }
}
