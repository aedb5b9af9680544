package dev.fetchline.local.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Decides at each occasion whether a fault strikes, and counts those that did.
final class Faults {
    private final Weather weather;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);

    Faults(Weather weather, Agenda agenda, SplittableRandom random) {
        this.weather = weather;
        this.agenda = agenda;
        this.random = random;
    }

    boolean strikes(Fault fault) {
        Double chance = weather.chances().get(fault);
        if (chance == null || areOver() || random.nextDouble() >= chance) {
            return false;
        }
        count(fault);
        return true;
    }

    boolean tableIsDown() {
        long now = agenda.now();
        return now >= weather.tableDownFrom().toNanos()
                && now < weather.tableDownUntil().toNanos();
    }

    boolean areOver() {
        return agenda.now() >= weather.lasts().toNanos();
    }

    /// Counts what struck without a draw of its own.
    void count(Fault fault) {
        struck.merge(fault, 1, Integer::sum);
    }

    /// How often each struck so far.
    Map<Fault, Integer> struck() {
        return struck;
    }

    SplittableRandom random() {
        return random;
    }
}
