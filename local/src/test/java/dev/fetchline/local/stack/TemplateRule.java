package dev.fetchline.local.stack;

import java.util.List;
import java.util.stream.Stream;

/// One thing that must be true of the template and that no linter knows.
///
/// @param name what is true, in words
/// @param check throws where it is not
record TemplateRule(String name, Check check) {
    /// All of them.
    static List<TemplateRule> all() {
        return Stream.of(
                        NumberRules.all(),
                        FunctionRules.all(),
                        AccessRules.all(),
                        WiringRules.all(),
                        KeepingRules.all(),
                        VersionRules.all(),
                        DeploymentRules.all(),
                        ParameterRules.all(),
                        AlarmRules.all(),
                        AlarmTimeRules.all(),
                        DashboardRules.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    @FunctionalInterface
    interface Check {
        void holdsFor(CheckedTemplate template) throws Exception;
    }
}
