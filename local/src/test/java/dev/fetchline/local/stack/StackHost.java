package dev.fetchline.local.stack;

import java.nio.file.Path;
import java.util.Map;

/// A JVM with a stack in it, for a test to end in a rough way.
final class StackHost {
    private StackHost() {}

    public static void main(String[] arguments) {
        LocalStack stack = LocalStack.start(
                Probe.settings(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]), Map.of(), Map.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        stack.startEventSourceMapping();
        stack.invoke(Probe.event("ok"));
        System.out.println("pid " + Probe.deliveries(stack).getFirst().pid());
    }
}
