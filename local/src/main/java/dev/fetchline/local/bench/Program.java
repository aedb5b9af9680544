package dev.fetchline.local.bench;

import java.nio.file.Path;
import java.util.List;

/// One that is measured: it speaks Lambda's Runtime API, and does the work of the events that it gets.
///
/// @param name as on the command line and in the results
/// @param version of what it is made of, for a reader
/// @param directory in which it runs
/// @param storesBodies whether the template's setting for bodies stands; otherwise none are stored
record Program(String name, String version, Path directory, boolean storesBodies, Start start) {
    /// The command line of a process.
    @FunctionalInterface
    interface Start {
        /// The command with its arguments.
        ///
        /// @param memoryMb of the environment
        /// @param hosts a file of names and their addresses, as /etc/hosts; empty where no names are used
        List<String> command(int memoryMb, String hosts);
    }
}
