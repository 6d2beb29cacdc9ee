package dev.proreus.workspace.canonical;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The one text of a number: the shortest digits that give the number back, laid out as JSON and JavaScript do. The
 * platform's own texts are not used, since they differ between its versions and the texts are hashed into stored rows.
 */
final class NumberText {
    private static final long EXACT = 1L << 53;

    /** Digits that a number between the smallest and the largest normal one always keeps. */
    private static final int SURE_DIGITS = 15;

    private static final int ENOUGH_DIGITS = 17;
    private static final int PLAIN_BELOW_EXPONENT = 21;
    private static final int PLAIN_ABOVE_EXPONENT = -7;

    private NumberText() {}

    /** Returns the text of a finite number; zero has no sign. */
    static String of(double number) {
        long whole = (long) number;
        if (whole == number && Math.abs(whole) <= EXACT) {
            return Long.toString(whole);
        }
        BigDecimal shortest = shortest(number);
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = number < 0 ? "-" : "";
        if (exponent > PLAIN_ABOVE_EXPONENT && exponent < PLAIN_BELOW_EXPONENT) {
            return sign + shortest.abs().toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        int fewest = Math.abs(number) < Double.MIN_NORMAL ? 1 : SURE_DIGITS;
        for (int digits = fewest; digits < ENOUGH_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(ENOUGH_DIGITS)).stripTrailingZeros();
    }
}
