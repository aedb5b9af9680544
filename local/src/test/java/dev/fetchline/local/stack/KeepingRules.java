package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.progress.ProgressRow;
import java.time.Instant;
import java.util.List;

/// What is kept, and for how long.
final class KeepingRules {
    private KeepingRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("records survive the stack", KeepingRules::survive),
                new TemplateRule("messages survive a change that replaces their queue", KeepingRules::queues),
                new TemplateRule("the table's keys are the record's", KeepingRules::keys),
                new TemplateRule("rows of batches have keys and an end as the code writes them", KeepingRules::batches),
                new TemplateRule("records expire by the attribute that the code writes", KeepingRules::expiry),
                new TemplateRule("the table can be brought back to any second", KeepingRules::recovery),
                new TemplateRule("the table can be protected from deletion", KeepingRules::protection),
                new TemplateRule("every function's log has a retention", KeepingRules::logs));
    }

    private static void survive(CheckedTemplate template) {
        assertThat(template.resource("ResultsTable"))
                .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                .containsEntry("UpdateReplacePolicy", "Retain");
    }

    private static void queues(CheckedTemplate template) {
        template.ids("AWS::SQS::Queue")
                .forEach(queue -> assertThat(template.resource(queue)).containsEntry("UpdateReplacePolicy", "Retain"));
    }

    private static void keys(CheckedTemplate template) {
        TableDefinition table = template.stacks().getFirst().table();
        assertThat(table.keys().toString()).isEqualTo("{batchId=HASH, url=RANGE}");
        assertThat(table.types().toString()).isEqualTo("{batchId=S, url=S}");
        assertThat(template.properties("ResultsTable")).containsEntry("BillingMode", "PAY_PER_REQUEST");
    }

    /// Nothing of it outlives the stack: what is in it can be counted again from the records.
    private static void batches(CheckedTemplate template) {
        TableDefinition table = template.stacks().getFirst().batchesTable().orElseThrow();
        assertThat(table.keys().toString()).isEqualTo("{batchId=HASH, entry=RANGE}");
        assertThat(table.types().toString()).isEqualTo("{batchId=S, entry=S}");
        assertThat(table.expiry()).hasValue("expiresAt");
        assertThat(value(template.properties("BatchesTable"), "TimeToLiveSpecification", "Enabled"))
                .isEqualTo(true);
        assertThat(template.properties("BatchesTable")).containsEntry("BillingMode", "PAY_PER_REQUEST");
        assertThat(template.resource("BatchesTable"))
                .containsEntry("DeletionPolicy", "Delete")
                .containsEntry("UpdateReplacePolicy", "Delete");
        assertThat(new ProgressRow("f", ProgressRow.Counts.NONE, List.of(), 0, null, List.of(), 0, 0)
                        .item(Instant.EPOCH, "i"))
                .containsKeys("batchId", "entry", "expiresAt");
    }

    private static void expiry(CheckedTemplate template) {
        assertThat(template.stacks().getFirst().table().expiry()).hasValue("expiresAt");
        assertThat(value(template.properties("ResultsTable"), "TimeToLiveSpecification", "Enabled"))
                .isEqualTo(true);
    }

    private static void recovery(CheckedTemplate template) {
        assertThat(value(
                        template.properties("ResultsTable"),
                        "PointInTimeRecoverySpecification",
                        "PointInTimeRecoveryEnabled"))
                .isEqualTo(true);
    }

    private static void protection(CheckedTemplate template) {
        assertThat(plain(template.properties("ResultsTable").get("DeletionProtectionEnabled")))
                .isEqualTo("TableDeletionProtection");
    }

    private static void logs(CheckedTemplate template) {
        for (String function : template.ids("AWS::Serverless::Function")) {
            String group = plain(value(template.properties(function), "LoggingConfig", "LogGroup"));
            assertThat(template.ids("AWS::Logs::LogGroup")).contains(group);
            assertThat(plain(template.properties(group).get("RetentionInDays"))).isEqualTo("LogRetentionDays");
        }
    }
}
