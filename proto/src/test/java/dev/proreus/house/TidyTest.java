package dev.proreus.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TidyTest {

    @Test
    void aTidyFileHasNoFault() {
        assertThat(Tidy.check("Good.java", """
                package good;

                // TODO(#12): what an issue tracks may stand here.
                class Good {
                    // class BadImpl in a comment is no class.
                    String text = "class BadHelper {";
                }
                """)).isEmpty();
    }

    @Test
    void aLongFileIsFound() {
        assertThat(Tidy.check("Long.java", "\n".repeat(501))).containsExactly("Long.java: 501 lines, 500 is the most");
        assertThat(Tidy.check("Long.java", "\n".repeat(500))).isEmpty();
        assertThat(Tidy.check("long.proto", "\n".repeat(501))).isEmpty();
    }

    @Test
    void aLongMethodIsFound() {
        assertThat(Tidy.check("Long.java", classWithMethodOf(71)))
                .containsExactly("Long.java:3: run has 71 lines, 70 is the most");
        assertThat(Tidy.check("Long.java", classWithMethodOf(70))).isEmpty();
    }

    @Test
    void badLinesAreFound() {
        assertThat(Tidy.check(
                        "Bad.java", "\tint a;\n" + "x".repeat(121) + "\n// TO" + "DO later\n// FIX" + "ME (#3)\n"))
                .containsExactly(
                        "Bad.java:1: a tab",
                        "Bad.java:2: 121 characters, 120 is the most",
                        "Bad.java:3: TO" + "DO without an issue, which is written TO" + "DO(#12)",
                        "Bad.java:4: FIX" + "ME without an issue, which is written FIX" + "ME(#12)");
    }

    @Test
    void emptyNamesAreFound() {
        assertThat(Tidy.check("Bad.java", """
                class StoreImpl {
                    interface StoreManager {}
                    enum StoreUtils {}
                    record StoreHelper(int a) {}
                    class Implement {}
                }
                """))
                .extracting(fault -> fault.split(" ", -1)[1])
                .containsExactly("StoreImpl", "StoreManager", "StoreUtils", "StoreHelper");
    }

    @Test
    void membersOfEveryKindAreMeasured() {
        String source = """
                @interface Mark {
                    String[] value() default {"a", "b"};
                }

                public sealed class Many<T extends List<? super T>> permits Other {
                    private static final int[] TABLE = {
                        1, 2, 3,
                    };

                    static {
                        System.out.println("} not a brace '");
                    }

                    private final Runnable task = () -> {
                        char c = '}';
                        char q = '\\'';
                    };

                    @Mark({"a", "b"})
                    @Deprecated
                    public <A> Map<String, A> generic(
                            List<A> a, /* { */ int b)
                            throws IOException {
                        return apply(x -> {
                            return x;
                        });
                    }

                    Runnable anonymous() {
                        return new Runnable() {
                            @Override
                            public void run() {
                                String text = \"""
                                    { " {
                                    \""";
                            }
                        };
                    }

                    enum Kind {
                        FIRST(1) {
                            int one() {
                                return 1;
                            }
                        },
                        SECOND(2);

                        Kind(int n) {}
                    }

                    record Pair(int a, int b) {
                        Pair {
                            check(a);
                        }
                    }
                }
                """;

        assertThat(JavaText.members(JavaText.withoutCommentsAndLiterals(source)))
                .containsExactlyInAnyOrder(
                        new JavaText.Member("initializer", 10, 3),
                        new JavaText.Member("initializer", 14, 4),
                        new JavaText.Member("generic", 21, 7),
                        new JavaText.Member("anonymous", 29, 10),
                        new JavaText.Member("run", 32, 5),
                        new JavaText.Member("one", 42, 3),
                        new JavaText.Member("Kind", 48, 1),
                        new JavaText.Member("initializer", 52, 3));
    }

    @Test
    void aCharterMustSayAndMarkSomething() {
        assertThat(Charters.faultsOf("a", "/** Something. */ @NullMarked package a;"))
                .isEmpty();
        assertThat(Charters.faultsOf("a", "/** */ package a;"))
                .containsExactly("a: the package is not @NullMarked", "a: the package-info says nothing");
    }

    @Test
    void aCharterListsItsArrows() {
        String listing = """
                /**
                 * Names {@code other} in passing. May import the root package, {@code store} (to write) and
                 * {@code store.rocksdb}. More about {@code that}.
                 */
                @NullMarked
                package a.feature;
                """;

        assertThat(Charters.arrows("a", listing))
                .isEqualTo(new Charters.Arrows(false, Set.of("a.store", "a.store.rocksdb")));
        assertThat(Charters.arrows("a", "/** Knows nobody. */")).isEqualTo(Charters.Arrows.NONE);
        assertThat(Charters.arrows("a", "/** Imports {@code\n * store} only. */"))
                .isEqualTo(new Charters.Arrows(false, Set.of("a.store")));
        assertThat(Charters.arrows("a", "/** May import every\n * other package. */"))
                .isEqualTo(new Charters.Arrows(true, Set.of()));
    }

    private static String classWithMethodOf(int lines) {
        String body = String.join("\n", Collections.nCopies(lines - 2, "        step();"));
        return "class Long {\n    int field;\n    void run() {\n" + body + "\n    }\n}\n";
    }
}
