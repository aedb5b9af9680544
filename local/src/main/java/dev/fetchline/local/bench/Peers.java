package dev.fetchline.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes the programs ready to run: builds what is not built, and says of each that cannot be built why.
final class Peers implements AutoCloseable {
    private static final String FLAT = "fetchline-flat";

    private static final String AOT = "fetchline-aot";

    /// By their names, in the order of the tables.
    static final List<String> NAMES = List.of("fetchline", "fetchline-bodies", "aiohttp", "go", "bare");

    /// Programs that are run only when they are asked for by name.
    static final List<String> MORE = List.of(FLAT, AOT);

    private static final String BARE_MAIN = "dev.fetchline.bench.bare.Main";

    private final Path root;
    private final Path artifact;
    private final Path target;
    private final dev.fetchline.local.stack.FunctionHost host;
    private final BuildSteps steps;

    /// @param root of the checkout
    /// @param artifact the packaged function
    Peers(Path root, Path artifact, dev.fetchline.local.stack.FunctionHost host) {
        this.root = root;
        this.artifact = artifact;
        this.target = root.resolve("local/target/bench");
        this.host = host;
        this.steps = new BuildSteps(target);
    }

    /// The program of a name, ready to run.
    ///
    /// @throws BenchException with a sentence that says why it cannot be
    Program named(String name) throws InterruptedException {
        try {
            Files.createDirectories(target);
            return switch (name) {
                case "fetchline" -> function(name, false);
                case "fetchline-bodies" -> function(name, true);
                case FLAT -> image(name).plain(name, javaVersion(), host.handler());
                case AOT -> cached(image(name));
                case "aiohttp" -> aiohttp();
                case "go" -> go();
                case "bare" -> bare();
                default -> throw new IllegalArgumentException("no program has the name " + name);
            };
        } catch (IOException e) {
            throw new BenchException(name + " is left out: " + e.getMessage() + ".");
        }
    }

    private Program function(String name, boolean storesBodies) {
        return new Program(
                name, javaVersion(), artifact, storesBodies, (memoryMb, _) -> host.functionCommand(memoryMb));
    }

    /// Each has a copy of its own: the entry point starts from a cache where there is one.
    private ImageFunction image(String name) throws IOException {
        return ImageFunction.copy(
                root.resolve("functions/fetch/target/image").resolve(artifact.getFileName()), target.resolve(name));
    }

    private Program cached(ImageFunction image) throws IOException, InterruptedException {
        command(AOT, image.directory(), image.training(host.handler()));
        return image.cached(AOT, javaVersion(), host.handler());
    }

    private static String javaVersion() {
        return "JDK " + Runtime.version();
    }

    private Program bare() throws IOException {
        Path module = root.resolve("bench/bare/target");
        Path classPath = module.resolve("class-path");
        if (!Files.exists(classPath)) {
            throw new BenchException(
                    "bare is left out: %s is missing; build it with mvn -DskipTests package.".formatted(classPath));
        }
        String whole =
                module.resolve("classes") + ":" + Files.readString(classPath).strip();
        return new Program(
                "bare",
                javaVersion(),
                module,
                false,
                (memoryMb, hosts) -> host.javaCommand(
                        BARE_MAIN,
                        whole,
                        hosts.isEmpty() ? List.of() : List.of("-Djdk.net.hosts.file=" + hosts),
                        memoryMb));
    }

    private Program aiohttp() throws IOException, InterruptedException {
        Path source = root.resolve("bench/aiohttp");
        Path venv = target.resolve("venv");
        Path python = venv.resolve("bin/python");
        Path requirements = source.resolve("requirements.txt");
        Path installed = target.resolve("venv-requirements.txt");
        boolean current = Files.exists(installed) && Files.mismatch(requirements, installed) < 0;
        // The Python that an environment was made with may have gone since.
        String version = current ? versionsOrNothing(source, python) : "";
        if (version.isEmpty()) {
            Files.deleteIfExists(installed);
            // Debian has both in a package of their own; venv itself says so in ten lines.
            command("aiohttp", source, "python3", "-c", "import ensurepip, venv");
            command("aiohttp", source, "python3", "-m", "venv", "--clear", venv.toString());
            command(
                    "aiohttp",
                    source,
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-input",
                    "--disable-pip-version-check",
                    "-r",
                    requirements.toString());
            Files.copy(requirements, installed);
            version = versions(source, python);
        }
        List<String> start =
                List.of(python.toString(), source.resolve("bootstrap.py").toString());
        return new Program("aiohttp", version, source, false, (_, _) -> start);
    }

    private String versionsOrNothing(Path source, Path python) throws IOException, InterruptedException {
        try {
            return versions(source, python);
        } catch (BenchException _) {
            return "";
        }
    }

    private String versions(Path source, Path python) throws IOException, InterruptedException {
        return command(
                "aiohttp",
                source,
                python.toString(),
                "-c",
                "import platform, aiohttp, uvloop, aiobotocore; print('Python', platform.python_version() + ', aiohttp',"
                        + " aiohttp.__version__ + ', uvloop', uvloop.__version__ + ', aiobotocore',"
                        + " aiobotocore.__version__)");
    }

    private Program go() throws IOException, InterruptedException {
        Path source = root.resolve("bench/go");
        Path binary = target.resolve("go-bootstrap");
        command("go", source, "go", "build", "-mod=readonly", "-o", binary.toString(), ".");
        String version = command("go", source, "go", "env", "GOVERSION");
        return new Program("go", version, source, false, (_, _) -> List.of(binary.toString()));
    }

    private String command(String name, Path directory, String... command) throws IOException, InterruptedException {
        return steps.run(name, directory, command);
    }

    /// Ends a build that is under way.
    @Override
    public void close() {
        steps.close();
    }
}
