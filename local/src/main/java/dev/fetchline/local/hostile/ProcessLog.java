package dev.fetchline.local.hostile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the function's processes left in their logs: the garbage collector's, and the function's own.
///
/// @param peakMb heap in use before a collection, the most of all
/// @param liveMb heap in use after a collection, the most of all
/// @param residentMb memory that a process held, the most of all; 0 where none was closed
/// @param deaths processes that ended by themselves or had to be killed
/// @param outOfMemory whether one ran out of heap
public record ProcessLog(int peakMb, int liveMb, int residentMb, int deaths, boolean outOfMemory) {
    private static final Pattern COLLECTION = Pattern.compile("Pause .* ([0-9]+)M->([0-9]+)M\\(");
    private static final Pattern RESIDENT = Pattern.compile("environment [0-9]+ held ([0-9]+) MB at most");
    private static final Pattern DEATH = Pattern.compile("environment [0-9]+ (is killed|ended by itself)");
    private static final String SUFFIX = ".gc";

    /// The JVM options that let it be written, for `JDK_JAVA_OPTIONS`: those of the template stay as they are.
    ///
    /// @param directory without spaces in its path
    public static String options(Path directory) {
        return "-Xlog:gc:file=" + directory.toAbsolutePath() + "/%p" + SUFFIX + ":uptime";
    }

    /// Reads the logs of a stack that is closed.
    public static ProcessLog read(Path directory) throws IOException {
        int peak = 0;
        int live = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String log = Files.readString(file);
                peak = Math.max(peak, most(COLLECTION, 1, log));
                live = Math.max(live, most(COLLECTION, 2, log));
            }
        }
        String log = Files.readString(directory.resolve("function.log"));
        return new ProcessLog(
                peak,
                live,
                most(RESIDENT, 1, log),
                (int) DEATH.matcher(log).results().count(),
                log.contains("OutOfMemoryError"));
    }

    private static int most(Pattern pattern, int group, String log) {
        int most = 0;
        for (Matcher matcher = pattern.matcher(log); matcher.find(); ) {
            most = Math.max(most, Integer.parseInt(matcher.group(group)));
        }
        return most;
    }
}
