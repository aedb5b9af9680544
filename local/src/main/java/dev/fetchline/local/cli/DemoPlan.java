package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What `demo` sends, one message of every form, and what has to come of it.
///
/// @param messages in the order in which they are sent
/// @param expected final records, by the URL or text that was submitted
/// @param quarantined how many of the messages cannot be read
record DemoPlan(List<Form> messages, List<Expected> expected, int quarantined) {
    /// @param name of the message's form, for a person
    /// @param body as it is sent
    record Form(String name, String body) {}

    /// @param submitted as the message has it
    /// @param status that its record must have
    record Expected(String submitted, String status) {}

    static DemoPlan of(DemoWeb web) {
        String fast = web.url("/fast");
        // A query makes another URL, and so another record, of the same page.
        Function<String, String> fastOf = form -> fast + "?form=" + form;
        String metadata = "http://169.254.169.254/latest/meta-data/";
        List<Form> forms = List.of(
                new Form("plain text, a URL a line", """
                        # three pages of a second each
                        %s
                        %s
                        %s
                        """.formatted(
                                web.url("/slow/1"), web.url("/slow/2"), web.url("/slow/3"))),
                new Form("JSON string", "\"%s\"".formatted(fastOf.apply("string"))),
                new Form("JSON array", "[\"%s\", {\"url\": \"%s\"}]".formatted(web.url("/missing"), web.url("/moved"))),
                new Form(
                        "object with defaults",
                        "{\"batchId\": \"demo\", \"urls\": [\"%s\", \"%s\"], \"defaults\": {\"tag\": \"from the demo\"}}"
                                .formatted(web.url("/compressed"), web.url("/endless"))),
                new Form("one item", "{\"url\": \"%s\", \"headers\": {\"X-Demo\": \"1\"}}".formatted(web.url("/busy"))),
                new Form("SNS notification", """
                        {"Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
                         "TopicArn": "arn:aws:sns:us-east-1:000000000000:demo", "Message": "%s"}
                        """.formatted(fastOf.apply("sns"))),
                new Form("unreadable", "{\"urls\": \"%s\"".formatted(fast)),
                new Form(
                        "an invalid item among good ones",
                        "[\"no URL at all\", \"%s\"]".formatted(fastOf.apply("sibling"))),
                new Form("refused by policy", "\"%s\"".formatted(metadata)));
        List<Expected> expected = new ArrayList<>();
        for (String ok : List.of(
                web.url("/slow/1"),
                web.url("/slow/2"),
                web.url("/slow/3"),
                fastOf.apply("string"),
                web.url("/moved"),
                web.url("/compressed"),
                web.url("/endless"),
                web.url("/busy"),
                fastOf.apply("sns"),
                fastOf.apply("sibling"))) {
            expected.add(new Expected(ok, "OK"));
        }
        expected.add(new Expected(web.url("/missing"), "HTTP_ERROR"));
        expected.add(new Expected("no URL at all", "INVALID"));
        expected.add(new Expected(metadata, "REFUSED"));
        return new DemoPlan(forms, expected, 1);
    }

    List<OutgoingMessage> outgoing() {
        return messages.stream().map(form -> OutgoingMessage.whole(form.body())).toList();
    }

    /// Sentences on what is not as it has to be; none when all is well.
    List<String> faults(List<FetchRecord> records, List<DeadLetter> deadLetters) {
        Map<String, FetchRecord> bySubmitted = records.stream()
                .collect(Collectors.toMap(DemoPlan::submitted, Function.identity(), (first, second) -> first));
        List<String> faults = new ArrayList<>();
        for (Expected each : expected) {
            FetchRecord found = bySubmitted.get(each.submitted());
            String status = found == null ? "missing" : found.status();
            if (!status.equals(each.status())) {
                faults.add(
                        "the record of %s is %s, expected was %s.".formatted(each.submitted(), status, each.status()));
            }
        }
        if (records.size() != expected.size()) {
            faults.add("there are %d records, expected were %d.".formatted(records.size(), expected.size()));
        }
        if (deadLetters.size() != quarantined) {
            faults.add("%d messages are on the dead-letter queue, expected was %d."
                    .formatted(deadLetters.size(), quarantined));
        }
        return faults;
    }

    private static String submitted(FetchRecord fetched) {
        String submitted = fetched.text("submitted");
        return submitted == null ? fetched.url() : submitted;
    }
}
