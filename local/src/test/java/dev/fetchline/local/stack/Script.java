package dev.fetchline.local.stack;

import dev.fetchline.local.chaos.Fate;
import dev.fetchline.local.chaos.FaultPlan;
import dev.fetchline.local.chaos.FaultProxy;
import dev.fetchline.local.chaos.Operation;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/// What goes wrong in one test: each point of an invocation's way has a step that the test sets, and passes otherwise.
final class Script implements Disturbance, FaultPlan, AutoCloseable {
    private final Map<Integer, FunctionEnvironment> environments = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private volatile Function<Operation, Fate> before = _ -> Fate.PASS;
    private volatile Function<Operation, Fate> after = _ -> Fate.PASS;
    private volatile BooleanSupplier losesAnswer = () -> false;
    private volatile BooleanSupplier freezes = () -> false;
    private volatile BooleanSupplier handsOutTwice = () -> false;
    private volatile FunctionEnvironment lastInvoked;
    private FaultProxy queue;
    private FaultProxy table;

    /// Lets everything pass again.
    void clear() {
        before = _ -> Fate.PASS;
        after = _ -> Fate.PASS;
        losesAnswer = () -> false;
        freezes = () -> false;
        handsOutTwice = () -> false;
        seen.clear();
    }

    void before(Function<Operation, Fate> step) {
        before = step;
    }

    void after(Function<Operation, Fate> step) {
        after = step;
    }

    void losesAnswer(BooleanSupplier step) {
        losesAnswer = step;
    }

    void freezes(BooleanSupplier step) {
        freezes = step;
    }

    void handsOutTwice(BooleanSupplier step) {
        handsOutTwice = step;
    }

    /// Kills the environment that calls, the first time that a call is so.
    Function<Operation, Fate> killsOnce(Predicate<Operation> wanted) {
        AtomicInteger times = new AtomicInteger();
        return operation -> wanted.test(operation) && times.getAndIncrement() == 0 ? kill(operation) : Fate.PASS;
    }

    /// Kills the environment that calls; its connection has nobody left to answer.
    Fate kill(Operation operation) {
        environments.get(operation.environment()).killOnPurpose("a test wants it");
        return Fate.RESET;
    }

    /// The environment that was handed an event last.
    FunctionEnvironment lastInvoked() {
        return Objects.requireNonNull(lastInvoked);
    }

    int environmentsStarted() {
        return environments.size();
    }

    /// How often the function has called an operation since the last [#clear()].
    int calls(String operation) {
        return seen.getOrDefault(operation, new AtomicInteger()).get();
    }

    /// Closes what is open between function and servers.
    void hangUp() {
        queue.hangUp();
        table.hangUp();
    }

    @Override
    public URI sqsEndpoint(URI own) {
        queue = FaultProxy.start(own, this);
        return queue.endpoint();
    }

    @Override
    public URI dynamoDbEndpoint(URI own) {
        table = FaultProxy.start(own, this);
        return table.endpoint();
    }

    @Override
    public Fate before(Operation operation) {
        seen.computeIfAbsent(operation.name(), _ -> new AtomicInteger()).incrementAndGet();
        // Taken at its word it lets messages come again after 30 to 120 s, which is long where 8 s is the timeout.
        return operation.name().equals("ChangeMessageVisibilityBatch")
                ? new Fate.Answer(500, "InternalError")
                : before.apply(operation);
    }

    @Override
    public String forwarded(Operation operation) {
        // A wait of a millisecond is a second on the queue, and a hundred of them would be most of the test.
        return operation.request().replaceAll("\"DelaySeconds\":[0-9]+", "\"DelaySeconds\":0");
    }

    @Override
    public Fate after(Operation operation) {
        return after.apply(operation);
    }

    @Override
    public void starting(FunctionEnvironment environment) {
        environments.put(environment.number(), environment);
    }

    @Override
    public void invoking(FunctionEnvironment environment) {
        lastInvoked = environment;
    }

    @Override
    public boolean losesAnswer(FunctionEnvironment environment) {
        return losesAnswer.getAsBoolean();
    }

    @Override
    public boolean freezes(FunctionEnvironment environment) {
        return freezes.getAsBoolean();
    }

    @Override
    public boolean handsOutTwice(int messages) {
        return handsOutTwice.getAsBoolean();
    }

    @Override
    public void close() {
        queue.close();
        table.close();
    }
}
