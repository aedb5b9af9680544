package dev.fetchline.local.stack;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Evaluates the little of CloudWatch's metric math that the cost estimate of the dashboard is written in, for one
/// period of an hour: numbers, names, `+ - * / > ( )`, `PERIOD` and `IF`.
final class MetricMath {
    private static final double PERIOD_SECONDS = 3600;

    private final String text;
    private final Map<String, Double> values;
    private int at;

    private MetricMath(String text, Map<String, Double> values) {
        this.text = text.replace(" ", "");
        this.values = values;
    }

    /// What each line of the estimate comes to, in order, US dollars.
    static List<Double> ofTheCostEstimate(Map<String, Double> values) {
        return DashboardWidget.withMetrics(CheckedTemplate.ofTheProject()).stream()
                .filter(widget -> widget.title().startsWith("Cost"))
                .findFirst()
                .orElseThrow()
                .expressions()
                .stream()
                .map(expression -> new MetricMath(expression, values).whole())
                .toList();
    }

    private double whole() {
        double value = compared();
        if (at != text.length()) {
            throw new IllegalArgumentException(text + " is not understood from place " + at);
        }
        return value;
    }

    private double compared() {
        double left = sum();
        return eat(">") ? left > sum() ? 1 : 0 : left;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (eat("+")) {
                value += product();
            } else if (eat("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = one();
        while (true) {
            if (eat("*")) {
                value *= one();
            } else if (eat("/")) {
                value /= one();
            } else {
                return value;
            }
        }
    }

    private double one() {
        if (eat("(")) {
            return closed(compared());
        }
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("PERIOD") && eat("(")) {
            compared();
            return closed(PERIOD_SECONDS);
        }
        if (word.equals("IF") && eat("(")) {
            double condition = compared();
            eat(",");
            double then = compared();
            eat(",");
            double otherwise = compared();
            return closed(condition > 0 ? then : otherwise);
        }
        return Character.isDigit(word.charAt(0)) ? Double.parseDouble(word) : Objects.requireNonNull(values.get(word));
    }

    private double closed(double value) {
        if (!eat(")")) {
            throw new IllegalArgumentException(text + " lacks a bracket at place " + at);
        }
        return value;
    }

    private boolean eat(String sign) {
        boolean there = text.startsWith(sign, at);
        at += there ? sign.length() : 0;
        return there;
    }
}
