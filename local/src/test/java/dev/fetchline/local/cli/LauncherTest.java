package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The launcher itself, in a checkout whose Maven and JDK are small scripts: `mvn` notes that it ran and makes what a
/// build makes, `java` prints where it runs and its arguments.
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "fetchline").toAbsolutePath().normalize();

    private static final String MVN = """
            #!/bin/sh
            echo built >>"$FAKE_BUILDS"
            echo "Maven says hello; JAVA_HOME is $JAVA_HOME"
            [ -z "${FAKE_GATE:-}" ] || read -r _ <"$FAKE_GATE"
            [ -z "${FAKE_FAILURE:-}" ] || exit 1
            mkdir -p local/target functions/fetch/target/lambda
            for file in fetchline-local-1.jar a.jar DynamoDBLocal-1.jar a.so b.jar; do : >local/target/$file; done
            printf '%s' "$PWD/local/target/a.jar:$PWD/local/target/DynamoDBLocal-1.jar:$PWD/local/target/a.so:\
            $PWD/local/target/b.jar" >local/target/class-path
            """;

    private static final String JAVA = """
            #!/bin/sh
            case $1 in
                -XX:AOTCacheOutput=*)
                    echo cache "$@" >>"$FAKE_BUILDS.caches"
                    [ -n "${FAKE_NO_CACHE:-}" ] || echo cached >"${1#*=}"
                    exit ;;
            esac
            echo "in $PWD"
            echo "LC_ALL is ${LC_ALL:-}"
            [ ! -e /dev/fd/0 ] || echo "input is open"
            for argument; do echo "<$argument>"; done
            """;

    @TempDir
    Path temporary;

    private Path root;
    private Path bin;

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        root = Files.createDirectories(temporary.resolve("a check out"));
        for (String directory : List.of(
                "shared/src/main",
                "functions/fetch/src/main",
                "functions/fetch/src/build",
                "local/src/main",
                "bench/bare/src/main")) {
            Files.createDirectories(root.resolve(directory));
        }
        for (String pom : List.of("pom.xml", "shared/pom.xml", "functions/fetch/pom.xml", "local/pom.xml")) {
            Files.writeString(root.resolve(pom), "");
        }
        bin = Files.createDirectories(temporary.resolve("bin"));
        executable(bin.resolve("mvn"), MVN);
        makeJdk("25.0.3");
        executable(root.resolve("fetchline"), Files.readString(LAUNCHER));
    }

    @Test
    void builds_once_then_starts_java_with_everything() throws IOException {
        Run first = launch(root.resolve("fetchline"), "run", "a file.txt");
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).startsWith("fetchline: building ").hasLineCount(1);
        assertThat(first.out())
                .startsWith("in " + temporary.toRealPath() + "\n")
                .contains(
                        "<--enable-native-access=ALL-UNNAMED>",
                        "<--sun-misc-unsafe-memory-access=allow>",
                        "<-XX:+UseSerialGC>",
                        "<-Djava.net.preferIPv4Stack=true>",
                        "<-Dfetchline.home=" + root.toRealPath() + ">",
                        "<-Dfetchline.terminals=>",
                        "<-cp>\n<" + String.join(":", classPath()) + ">")
                .endsWith("<dev.fetchline.local.cli.Main>\n<run>\n<a file.txt>\n");
        assertThat(first.out()).contains("<-XX:+TieredCompilation>");
        Run second = launch(root.resolve("fetchline"), "results", "--help");
        // What only prints text does not pay for the second compiler.
        assertThat(second.out()).contains("<-XX:TieredStopAtLevel=1>").endsWith("<results>\n<--help>\n");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void makes_a_cache_once_and_again_for_another_jar() throws IOException {
        String cache = "<-XX:AOTCache=" + root.toRealPath() + "/local/target/fetchline.aot>\n<-Xlog:disable>";
        assertThat(launch(root.resolve("fetchline")).out()).contains(cache);
        assertThat(launch(root.resolve("fetchline")).out()).contains(cache);
        // With jars alone, and those that a cache cannot have left out.
        assertThat(caches())
                .singleElement()
                .asString()
                .contains(" -cp " + String.join(":", classPath().subList(0, 3)) + " ");
        Path jar = root.resolve("local/target/fetchline-local-1.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(3600)));
        launch(root.resolve("fetchline"));
        assertThat(caches()).hasSize(2);
    }

    @Test
    void where_no_cache_can_be_made_it_is_tried_once_and_not_used() throws IOException {
        for (int i = 0; i < 2; i++) {
            Run run = run(process(root.resolve("fetchline"), "FAKE_NO_CACHE", "1"));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).doesNotContain("AOTCache", "-Xlog");
        }
        assertThat(caches()).hasSize(1);
    }

    private List<String> classPath() throws IOException {
        Path target = root.toRealPath().resolve("local/target");
        return Stream.of("fetchline-local-1.jar", "a.jar", "b.jar", "DynamoDBLocal-1.jar", "a.so")
                .map(name -> target.resolve(name).toString())
                .toList();
    }

    private List<String> caches() throws IOException {
        return Files.readAllLines(temporary.resolve("builds.caches"));
    }

    @Test
    void works_through_a_symbolic_link() throws IOException {
        Path link = Files.createSymbolicLink(bin.resolve("link"), Path.of("../a check out/fetchline"));
        assertThat(launch(link).out()).contains("<-Dfetchline.home=" + root.toRealPath() + ">");
    }

    @Test
    void builds_again_when_a_source_is_newer_or_a_jar_is_gone() throws IOException {
        launch(root.resolve("fetchline"));
        Path source = Files.writeString(root.resolve("shared/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
        launch(root.resolve("fetchline"));
        assertThat(builds()).isEqualTo(2);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(3600)));
        Files.delete(root.resolve("local/target/a.jar"));
        launch(root.resolve("fetchline"));
        assertThat(builds()).isEqualTo(3);
        source = Files.writeString(root.resolve("bench/bare/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
        launch(root.resolve("fetchline"));
        assertThat(builds()).isEqualTo(4);
    }

    @Test
    void failed_build_shows_mavens_output_and_is_tried_again() throws IOException {
        Run failed = run(process(root.resolve("fetchline"), "FAKE_FAILURE", "1"));
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("Maven says hello", "fetchline: the build failed: ");
        assertThat(root.resolve("local/target/launcher-lock")).doesNotExist();
        assertThat(launch(root.resolve("fetchline")).exitCode()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void without_a_jdk_or_maven_there_is_a_sentence() throws IOException {
        executable(root.resolve("fetchline"), Files.readString(LAUNCHER).replace("OLDEST_JDK=25", "OLDEST_JDK=999"));
        Run noJdk = launch(root.resolve("fetchline"), "--help");
        assertThat(noJdk.exitCode()).isEqualTo(2);
        assertThat(noJdk.err())
                .startsWith("fetchline: no JDK 999 or newer found")
                .hasLineCount(1);

        executable(
                root.resolve("fetchline"), Files.readString(LAUNCHER).replace("command -v mvn", "command -v no-mvn"));
        Run noMaven = launch(root.resolve("fetchline"), "--help");
        assertThat(noMaven.exitCode()).isEqualTo(2);
        assertThat(noMaven.err())
                .startsWith("fetchline: Maven is needed to build")
                .hasLineCount(1);
    }

    /// Java would open a file of its own as number 0, and a command would read that as its input.
    @Test
    void java_has_an_input_where_the_caller_has_closed_it() {
        ProcessBuilder process = process(root.resolve("fetchline"), "FAKE_NOTHING", "");
        process.command(
                List.of("sh", "-c", "exec \"$0\" <&-", root.resolve("fetchline").toString()));
        Run run = run(process);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("input is open\n");
    }

    @Test
    void java_reads_names_as_utf_8_where_the_locale_is_ascii() {
        assertThat(run(process(root.resolve("fetchline"), "LC_ALL", "C")).out()).contains("LC_ALL is C.UTF-8\n");
    }

    @Test
    void an_old_java_home_is_passed_over_for_the_java_on_path() throws IOException {
        makeJdk("26-ea");
        Files.move(temporary.resolve("jdk"), temporary.resolve("newer"));
        makeJdk("17.0.15");
        executable(temporary.resolve("jdk/bin/java"), "#!/bin/sh\necho wrong java\n");
        Files.createSymbolicLink(bin.resolve("java"), temporary.resolve("newer/bin/java"));
        assertThat(launch(root.resolve("fetchline")).out()).startsWith("in ");
    }

    @Test
    void where_nothing_can_be_written_there_is_a_sentence() throws IOException {
        // A file in the place of the directory: what a missing permission looks like to root as well.
        Files.writeString(root.resolve("local/target"), "");
        Run run = launch(root.resolve("fetchline"), "--help");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("fetchline: a build is needed, and ")
                .contains("cannot be written")
                .hasLineCount(1);
    }

    @Test
    void lock_of_a_dead_launcher_is_taken_over() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(root.resolve("local/target/launcher-lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertThat(launch(root.resolve("fetchline")).exitCode()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void two_launchers_build_once() throws IOException, InterruptedException {
        Path gate = temporary.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        Process first =
                process(root.resolve("fetchline"), "FAKE_GATE", gate.toString()).start();
        BufferedReader firstErr = first.errorReader(StandardCharsets.UTF_8);
        assertThat(firstErr.readLine()).startsWith("fetchline: building ");
        Process second =
                process(root.resolve("fetchline"), "FAKE_GATE", gate.toString()).start();
        BufferedReader secondErr = second.errorReader(StandardCharsets.UTF_8);
        assertThat(secondErr.readLine())
                .isEqualTo("fetchline: another launcher (process " + first.pid() + ") is building; waiting for it");
        Files.writeString(gate, "go\n");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    private void makeJdk(String version) throws IOException {
        Path jdk = temporary.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        executable(jdk.resolve("bin/java"), JAVA);
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private Run launch(Path launcher, String... arguments) {
        ProcessBuilder process = process(launcher, "FAKE_NOTHING", "");
        process.command().addAll(List.of(arguments));
        return run(process);
    }

    private ProcessBuilder process(Path launcher, String variable, String value) {
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(List.of(launcher.toString())));
        process.directory(temporary.toFile());
        process.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        process.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        process.environment().put("FAKE_BUILDS", temporary.resolve("builds").toString());
        process.environment().put(variable, value);
        return process;
    }

    private Run run(ProcessBuilder builder) {
        try {
            // To a file, for neither stream to fill up while the other is read.
            Path err = Files.createTempFile(temporary, "err", "");
            Process process = builder.redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long builds() throws IOException {
        return Files.readAllLines(temporary.resolve("builds")).size();
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
