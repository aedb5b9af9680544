package dev.fetchline.lambda;

import dev.fetchline.lambda.priming.Priming;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.FetchPipeline;
import java.time.Duration;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/// A start in two halves, for Lambda's SnapStart: before the snapshot the path is walked until it is
/// compiled, in a world of its own; after each restore everything that has a connection, a credential or a
/// random state is made anew. Native code is loaded in the second half only: what it has drawn before, all
/// who are restored from one snapshot would have in common.
final class SnapStart implements Resource, Supplier<FetchPipeline> {
    /// Lambda gives 130 s, and more where the function's timeout is longer.
    static final Duration PRIMING_TIME = Duration.ofSeconds(10);

    private final Supplier<FetchPipeline> start;
    private final Priming priming;
    private final InvocationLog log;
    /// Guarded by this.
    private @Nullable FetchPipeline pipeline;

    /// @param start makes the real pipeline
    SnapStart(Supplier<FetchPipeline> start, Priming priming, InvocationLog log) {
        this.start = start;
        this.priming = priming;
        this.log = log;
    }

    /// Hooks that the runtime client will call. It holds them weakly: whoever has the pipeline from here keeps
    /// them.
    static SnapStart registered(ColdStart start, InvocationLog log, Time time) {
        SnapStart hooks = new SnapStart(start::pipeline, priming(time), log);
        Core.getGlobalContext().register(hooks);
        return hooks;
    }

    /// The function itself, but with a log that nobody reads: its lines would be metrics.
    static Priming priming(Time time) {
        InvocationLog nowhere = new InvocationLog(_ -> {}, time, false);
        return new Priming(
                (settings, around) -> new FetchHandler(Assembly.assemble(settings, around), nowhere, time), time);
    }

    /// Never fails: a function that starts cold is better than none.
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            int urls = priming.run(PRIMING_TIME);
            log.remark("INFO", "primed", urls + " URLs of its own fetched before the snapshot");
        } catch (Exception | LinkageError failure) {
            log.remark("WARN", "not primed", "the snapshot is taken of a cold function: " + failure);
        }
    }

    /// What fails here is Lambda's restore error, and no event is taken.
    ///
    /// @throws IllegalArgumentException with one sentence where a setting does not work
    @Override
    public void afterRestore(Context<? extends Resource> context) {
        try {
            get();
        } catch (RuntimeException | LinkageError failure) {
            // The runtime client posts its own exception, which has no message, and this one only in its trace.
            log.remark("ERROR", "not restored", String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    /// The real pipeline. Made here if the hooks were never called: an event comes after the restore in any
    /// case.
    @Override
    public synchronized FetchPipeline get() {
        FetchPipeline made = pipeline;
        if (made == null) {
            made = start.get();
            pipeline = made;
        }
        return made;
    }
}
