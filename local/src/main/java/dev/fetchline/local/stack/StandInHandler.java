package dev.fetchline.local.stack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
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
            case RequestHandler<?, ?> objects -> ofObjects(objects);
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

    /// By Gson, as the runtime client where the types are none of its own events'.
    private static StandInHandler ofObjects(RequestHandler<?, ?> handler) {
        Method method = method(handler.getClass());
        PojoSerializer<Object> reader = GsonFactory.getInstance().getSerializer(method.getGenericParameterTypes()[0]);
        PojoSerializer<Object> writer = GsonFactory.getInstance().getSerializer(method.getGenericReturnType());
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
