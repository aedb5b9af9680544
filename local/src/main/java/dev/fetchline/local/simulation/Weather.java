package dev.fetchline.local.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/// How often each fault strikes, and when all faults stop.
///
/// @param chances of each fault that may strike, each time it could
/// @param lasts after which no fault strikes any more; what a server does is its own business
/// @param tableDownFrom when the table stops answering
/// @param tableDownUntil when it answers again
/// @param environmentsMax that work at once
/// @param skewMax of the wall clocks of environments
record Weather(
        Map<Fault, Double> chances,
        Duration lasts,
        Duration tableDownFrom,
        Duration tableDownUntil,
        int environmentsMax,
        Duration skewMax) {
    static final Duration LASTS_MAX = Duration.ofHours(4);

    static Weather calm() {
        return new Weather(Map.of(), LASTS_MAX, Duration.ZERO, Duration.ZERO, 2, Duration.ZERO);
    }

    Weather with(Fault fault, double chance) {
        Map<Fault, Double> more = chances.isEmpty() ? new EnumMap<>(Fault.class) : new EnumMap<>(chances);
        more.put(fault, chance);
        return new Weather(more, lasts, tableDownFrom, tableDownUntil, environmentsMax, skewMax);
    }

    Weather lasting(Duration time) {
        return new Weather(chances, time, tableDownFrom, tableDownUntil, environmentsMax, skewMax);
    }

    Weather withTableDown(Duration from, Duration until) {
        return new Weather(chances, lasts, from, until, environmentsMax, skewMax);
    }

    Weather withEnvironments(int max) {
        return new Weather(chances, lasts, tableDownFrom, tableDownUntil, max, skewMax);
    }

    Weather withSkew(Duration max) {
        return new Weather(chances, lasts, tableDownFrom, tableDownUntil, environmentsMax, max);
    }

    /// Each world has some kinds of faults, seldom all; some often, most now and then.
    static Weather drawn(SplittableRandom random) {
        Weather weather = calm();
        double share = random.nextDouble();
        for (Fault fault : Fault.values()) {
            double kind = random.nextDouble();
            double strength = random.nextDouble();
            if (kind < share) {
                weather = weather.with(fault, ceilingOf(fault) * strength * strength);
            }
        }
        weather = weather.lasting(Duration.ofMinutes(random.nextLong(5, LASTS_MAX.toMinutes())))
                .withEnvironments(random.nextInt(1, 5));
        if (random.nextInt(8) == 0) {
            Duration from = Duration.ofSeconds(random.nextLong(0, 1_800));
            weather = weather.withTableDown(from, from.plusSeconds(random.nextLong(60, 5_400)));
        }
        Duration skew = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextLong(1, 300_000));
        return weather.withSkew(skew);
    }

    private static double ceilingOf(Fault fault) {
        return switch (fault) {
            case SEND_REFUSED, SEND_PARTLY_REFUSED, SEND_LOST, SEND_UNANSWERED -> 0.3;
            case ENVIRONMENT_KILLED, RESPONSE_LOST, ENVIRONMENT_FROZEN, MESSAGE_HANDED_OUT_TWICE -> 0.3;
            case TABLE_THROTTLED, TABLE_PARTLY, TABLE_UNANSWERED -> 0.7;
            default -> 0.4;
        };
    }
}
