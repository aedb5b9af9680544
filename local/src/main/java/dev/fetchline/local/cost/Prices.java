package dev.fetchline.local.cost;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// List prices, all from `docs/prices.json`: the one place where a price stands.
///
/// @param region that they are of
/// @param lookedUp the day on which they were read, ISO 8601
/// @param all one for each item
public record Prices(String region, String lookedUp, Map<Item, Price> all) {
    /// What is paid for; the file has each by its key.
    public enum Item {
        LAMBDA_GB_SECOND("lambdaGbSecond"),
        LAMBDA_REQUEST("lambdaRequest"),
        SQS_REQUEST("sqsRequest"),
        WRITE_UNIT("dynamoDbWriteUnit"),
        READ_UNIT("dynamoDbReadUnit"),
        LOGS_GB("logsGb"),
        METRIC_MONTH("metricMonth"),
        FARGATE_VCPU_HOUR("fargateVcpuHour"),
        FARGATE_GB_HOUR("fargateGbHour"),
        PUBLIC_IPV4_HOUR("publicIpv4Hour");

        private final String key;

        Item(String key) {
            this.key = key;
        }
    }

    /// One price.
    ///
    /// @param usd above zero
    /// @param per what it buys
    /// @param asOf the date of its source: a year, month or day in ISO 8601
    /// @param source the page that quotes it
    /// @param page AWS's own page, for the price of today
    public record Price(double usd, String per, String asOf, String source, String page) {}

    public Prices {
        all = Map.copyOf(all);
    }

    /// Reads the file.
    ///
    /// @throws CostException if it is missing, or lacks a price
    public static Prices read(Path file) {
        Map<String, @Nullable Object> document = JsonFile.read(file);
        if (!(document.get("prices") instanceof Map<?, ?> listed)) {
            throw new CostException("%s has no object \"prices\".".formatted(file));
        }
        Map<Item, Price> all = new EnumMap<>(Item.class);
        for (Item item : Item.values()) {
            if (!(listed.get(item.key) instanceof Map<?, ?> price)
                    || !(price.get("usd") instanceof Double usd)
                    || !(usd > 0)) {
                throw new CostException("%s: prices.%s.usd is missing or not above zero.".formatted(file, item.key));
            }
            all.put(
                    item,
                    new Price(
                            usd, text(price, "per"), text(price, "asOf"), text(price, "source"), text(price, "page")));
        }
        return new Prices(text(document, "region"), text(document, "lookedUp"), all);
    }

    private static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    /// Dollars for one.
    public double usd(Item item) {
        Price price = all.get(item);
        if (price == null) {
            throw new IllegalArgumentException("There is no price of " + item + ".");
        }
        return price.usd();
    }
}
