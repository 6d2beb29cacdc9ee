package dev.proreus.loadtest.crash;

import dev.proreus.guarantees.Violation;
import dev.proreus.guarantees.crash.CrashResult;
import dev.proreus.guarantees.power.Loss;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is shown of a run.
 *
 * @param result what came of it
 * @param lost what losses of power took
 * @param seed what decided it
 * @param seconds how long it took
 */
record CrashReport(CrashResult result, Loss lost, long seed, double seconds) {
    /** Returns what people read; the last line is the sum. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Violation violation : result.verdict().violations()) {
            text.append("VIOLATION ").append(violation).append('\n');
        }
        if (!result.failure().isEmpty()) {
            text.append("FAULT ").append(result.failure()).append('\n');
        }
        if (lost.times() > 0) {
            text.append(lost).append('\n');
        }
        if (result.holds()) {
            text.append(String.format(
                    Locale.ROOT,
                    "bound: 0 of %,d kills did harm, so at most %.2f %% of kills do, with 95 %% confidence (3/n)%n",
                    result.cycles(),
                    result.boundPercent()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%,d cycles in %.0f s, %,d acknowledged writes, %,d events checked, %,d violations (seed %d)%n",
                        result.cycles(),
                        seconds,
                        result.acknowledged(),
                        result.verdict().events(),
                        result.verdict().count(),
                        seed))
                .toString();
    }

    /** Returns the figures as a JSON object. */
    String json() {
        String violations = result.verdict().violations().stream()
                .map(each -> "\n    " + quoted(each.toString()))
                .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "{%n  \"cycles\": %d,%n  \"seconds\": %.1f,%n  \"acknowledgedWrites\": %d,%n  \"unknownWrites\": %d,%n"
                        + "  \"eventsChecked\": %d,%n  \"violations\": %d,%n  \"boundPercent\": %.3f,%n"
                        + "  \"powerLosses\": %d,%n  \"lostBytes\": %d,%n"
                        + "  \"seed\": %d,%n  \"ok\": %b,%n  \"failure\": %s,%n  \"told\": [%s]%n}%n",
                result.cycles(),
                seconds,
                result.acknowledged(),
                result.unknown(),
                result.verdict().events(),
                result.verdict().count(),
                result.boundPercent(),
                lost.times(),
                lost.bytes(),
                seed,
                result.holds(),
                quoted(result.failure()),
                violations);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c < ' ' ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
