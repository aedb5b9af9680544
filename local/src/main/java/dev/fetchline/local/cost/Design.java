package dev.fetchline.local.cost;

import java.util.EnumMap;
import java.util.Map;

/// What one way of fetching comes to in a month.
///
/// @param bill dollars, by what they are paid for
/// @param wallSeconds until all URLs of the month are fetched, if they come at once
/// @param toOneHost requests to one host at once, at most
record Design(Map<Part, Double> bill, double wallSeconds, long toOneHost) {
    /// What is paid for.
    enum Part {
        LAMBDA_REQUESTS("Lambda requests"),
        LAMBDA_TIME("Lambda GB-seconds"),
        WORKER("Fargate, public IPv4"),
        QUEUE("SQS requests"),
        LOGS("CloudWatch Logs"),
        TABLE("DynamoDB writes");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    Design {
        bill = new EnumMap<>(bill);
    }

    double usd(Part part) {
        return bill.getOrDefault(part, 0.0);
    }

    double total() {
        return bill.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// What is left when the records, which every design writes, are paid.
    double totalWithoutTable() {
        return total() - usd(Part.TABLE);
    }
}
