package dev.fetchline.local.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says in words what the JDK says by exception type.
final class FileFault {
    private FileFault() {}

    /// The cause without the file's name, which the caller's sentence has.
    static String of(IOException fault) {
        return switch (fault) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file is in the way";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(fault.getMessage());
        };
    }
}
