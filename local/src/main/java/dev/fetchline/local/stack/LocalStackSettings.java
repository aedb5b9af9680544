package dev.fetchline.local.stack;

import java.nio.file.Path;
import java.util.Map;

/// What a local run may choose; everything else is template.yaml's.
///
/// @param template template.yaml
/// @param artifact the packaged function: a directory with classes and `lib/*.jar`
/// @param parameters template parameters by name, in place of their defaults
/// @param functionEnvironment environment variables of the function, over those of the template
/// @param logDirectory where the function's log goes
/// @param standIn whether the stand-in runtime loop is used in place of the real runtime client
/// @param drill how the run differs from the template on purpose
public record LocalStackSettings(
        Path template,
        Path artifact,
        Map<String, String> parameters,
        Map<String, String> functionEnvironment,
        Path logDirectory,
        boolean standIn,
        Drill drill) {

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

    /// The same with another drill.
    public LocalStackSettings withDrill(Drill other) {
        return new LocalStackSettings(
                template, artifact, parameters, functionEnvironment, logDirectory, standIn, other);
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
