package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a local run may choose; everything else is template.yaml's.
///
/// @param template template.yaml
/// @param artifact the packaged function: a directory with classes and `lib/*.jar`
/// @param parameters template parameters by name, in place of their defaults
/// @param functionEnvironment environment variables of the function, over those of the template
/// @param logDirectory where the function's log goes
/// @param standIn whether the stand-in runtime loop is used in place of the real runtime client
/// @param drill how the run differs from the template on purpose
/// @param emulator that has the queues and the table; null for servers of our own, which are gone at the end
public record LocalStackSettings(
        Path template,
        Path artifact,
        Map<String, String> parameters,
        Map<String, String> functionEnvironment,
        Path logDirectory,
        boolean standIn,
        Drill drill,
        @Nullable URI emulator) {

    /// A run without a drill.
    public LocalStackSettings(
            Path template,
            Path artifact,
            Map<String, String> parameters,
            Map<String, String> functionEnvironment,
            Path logDirectory,
            boolean standIn) {
        this(template, artifact, parameters, functionEnvironment, logDirectory, standIn, Drill.NONE);
    }

    /// A run on servers of our own.
    public LocalStackSettings(
            Path template,
            Path artifact,
            Map<String, String> parameters,
            Map<String, String> functionEnvironment,
            Path logDirectory,
            boolean standIn,
            Drill drill) {
        this(template, artifact, parameters, functionEnvironment, logDirectory, standIn, drill, null);
    }

    /// The same with another drill.
    public LocalStackSettings withDrill(Drill other) {
        return new LocalStackSettings(
                template, artifact, parameters, functionEnvironment, logDirectory, standIn, other, emulator);
    }

    /// The same with queues and table in an emulator that runs already.
    ///
    /// @param endpoint as [EmulatorUrl#parse] gives it; null for servers of our own
    public LocalStackSettings withEmulator(@Nullable URI endpoint) {
        return new LocalStackSettings(
                template, artifact, parameters, functionEnvironment, logDirectory, standIn, drill, endpoint);
    }

    /// The artifact that this machine can run, of those that the build assembles in one directory.
    ///
    /// @param lambdaDirectory `functions/fetch/target/lambda`
    public static Path artifactOfThisMachine(Path lambdaDirectory) {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        return lambdaDirectory.resolve(mac ? "mac-" + architecture : architecture);
    }
}
