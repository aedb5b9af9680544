package dev.fetchline.local.stack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/// The function's handler behind bytes: one of Lambda's two interfaces.
@FunctionalInterface
interface StandInHandler {
    byte[] handle(byte[] event, Context context) throws Exception;

    /// Loads and makes the handler; its static init and its constructor run here.
    static StandInHandler load(String handler, ClassLoader loader) throws Throwable {
        Object instance;
        try {
            instance = Class.forName(handler.split("::", 2)[0], true, loader)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            // What the constructor threw, as the runtime client reports it.
            throw e.getCause() == null ? e : e.getCause();
        }
        return switch (instance) {
            case RequestStreamHandler streams -> ofStreams(streams);
            case RequestHandler<?, ?> objects -> ofObjects(objects, loader);
            default ->
                throw new ClassNotFoundException(handler + " is neither a RequestHandler nor a RequestStreamHandler");
        };
    }

    private static StandInHandler ofStreams(RequestStreamHandler handler) {
        return (event, context) -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(event), answer, context);
            return answer.toByteArray();
        };
    }

    private static StandInHandler ofObjects(RequestHandler<?, ?> handler, ClassLoader loader) {
        Method method = method(handler.getClass());
        PojoSerializer<Object> reader = StandInRuntime.serializer(method.getGenericParameterTypes()[0], loader);
        PojoSerializer<Object> writer = StandInRuntime.serializer(method.getGenericReturnType(), loader);
        @SuppressWarnings("unchecked") // the reader makes what the method takes
        RequestHandler<Object, Object> objects = (RequestHandler<Object, Object>) handler;
        return (event, context) -> {
            Object answer = objects.handleRequest(reader.fromJson(new ByteArrayInputStream(event)), context);
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            writer.toJson(answer, json);
            return json.toByteArray();
        };
    }

    /// The method with the real types; the bridge that erasure adds beside it knows only Object.
    private static Method method(Class<?> type) {
        for (Method each : type.getMethods()) {
            if (each.getName().equals("handleRequest") && !each.isBridge() && each.getParameterCount() == 2) {
                return each;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no handleRequest of its own");
    }
}
