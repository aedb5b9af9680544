package dev.fetchline.local.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `fetchline --version` says: the version in the manifest of the commands' jar, and the JDK that runs them.
final class FetchlineVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Objects.requireNonNullElse(
                FetchlineVersion.class.getPackage().getImplementationVersion(), "(classes of a build)");
        return new String[] {"fetchline " + version + " (Java " + Runtime.version() + ")"};
    }
}
