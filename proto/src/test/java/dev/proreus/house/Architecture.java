package dev.proreus.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.proreus.house.HouseModule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The rules about who may know and use what, over the compiled classes of one module. */
final class Architecture {

    /** What takes time, chance or threads from the air, as owner and method; {@code *} is any. */
    private static final Set<String> FROM_THE_AIR = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.<init>",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.security.SecureRandom.<init>",
            "java.util.UUID.randomUUID",
            "java.util.Timer.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.concurrent.Executors.*",
            "java.util.concurrent.ThreadPoolExecutor.<init>",
            "java.util.concurrent.ScheduledThreadPoolExecutor.<init>",
            "java.util.concurrent.ForkJoinPool.<init>",
            "java.util.concurrent.ForkJoinPool.commonPool");

    /** Whose {@code get} and {@code join} wait. By name, since libraries are not read: see archunit.properties. */
    private static final Set<String> FUTURES = Set.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.ForkJoinTask",
            "java.util.concurrent.ScheduledFuture",
            "java.util.concurrent.CompletableFuture",
            "com.google.common.util.concurrent.ListenableFuture",
            "com.google.common.util.concurrent.SettableFuture");

    private final HouseModule module;

    Architecture(HouseModule module) {
        this.module = module;
    }

    ArchRule packagesFormNoCycle() {
        return slices().assignedFrom(new PackageOf(module.basePackage()))
                .should()
                .beFreeOfCycles()
                .because("a reader must be able to start somewhere");
    }

    ArchRule classesFormNoCycle() {
        return slices().assignedFrom(new ClassOf(module.basePackage(), module.exemptFrom(Rule.CLASS_CYCLES)))
                .should()
                .beFreeOfCycles()
                .because("what knows one another can only be understood, and changed, together");
    }

    ArchRule theRootPackageStandsAlone() {
        return noClasses()
                .that(describe("are in the root package", each -> module.rootStandsAlone() && isRoot(each)))
                .should()
                .dependOnClassesThat(
                        describe("are in other packages of the module", each -> isOurs(each) && !isRoot(each)))
                .because("the root package holds nouns and ports, and features know it, not the other way round");
    }

    /** Packages import those around them, and another one of the module only where their charter lists it. */
    ArchRule packagesImportOnlyWhatTheirCharterLists(Map<String, Charters.Arrows> charters) {
        return classes()
                .that(describe("are in a feature", each -> !isRoot(each)))
                .should(condition(
                        "import only the root, what encloses them, and what their charter lists", (each, events) -> {
                            Charters.Arrows listed = charters.getOrDefault(each.getPackageName(), Charters.Arrows.NONE);
                            for (String imported : otherPackagesOf(each)) {
                                if (!listed.allow(imported)) {
                                    events.add(SimpleConditionEvent.violated(
                                            each, each.getName() + " imports " + imported));
                                }
                            }
                        }))
                .because("features that know one another grow into one; where it must be, the package-info says"
                        + " \"May import {@code feature}.\"");
    }

    /** A line for each package that a charter lists in vain: it is not imported, or there is none of that name. */
    List<String> arrowsInVain(JavaClasses classes, Map<String, Charters.Arrows> charters) {
        Map<String, Set<String>> imports = new TreeMap<>();
        for (JavaClass each : classes) {
            imports.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>())
                    .addAll(packagesOf(each));
        }
        List<String> faults = new ArrayList<>();
        new TreeMap<>(charters).forEach((name, listed) -> {
            for (String each : new TreeSet<>(listed.packages())) {
                if (!imports.containsKey(each)) {
                    faults.add(name + " lists " + each + ", which does not exist");
                } else if (!imports.getOrDefault(name, Set.of()).contains(each)) {
                    faults.add(name + " lists " + each + ", which it does not import");
                }
            }
        });
        return faults;
    }

    /** The packages of the module that a class names, other than the root, its own and those around its own. */
    private Set<String> otherPackagesOf(JavaClass type) {
        Set<String> others = packagesOf(type);
        others.removeIf(each -> (type.getPackageName() + ".").startsWith(each + "."));
        return others;
    }

    /** The packages of the module that a class names, other than its own. */
    private Set<String> packagesOf(JavaClass type) {
        Set<String> others = new TreeSet<>();
        for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
            JavaClass target = arrow.getTargetClass().getBaseComponentType();
            if (isOurs(target) && !target.getPackageName().equals(type.getPackageName())) {
                others.add(target.getPackageName());
            }
        }
        return others;
    }

    /** Only one package may know the classes of a library. */
    static ArchRule onlyFrom(String library, String packageName) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    ArchRule nothingForeignIsTouched() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.neverTouches().toArray(String[]::new));
    }

    ArchRule timeChanceAndThreadsComeInThroughTheConstructor() {
        return noClasses()
                .that(areNotExemptFrom(Rule.TIME_CHANCE_THREADS))
                .should(access("take time, chance or threads from the air", Architecture::isFromTheAir))
                .because("a test must be able to run a day in a millisecond and to replay a seed");
    }

    ArchRule nobodyWaitsForAFuture() {
        return noClasses()
                .that(areNotExemptFrom(Rule.WAITING))
                .should(access(
                        "wait for a future",
                        call -> FUTURES.contains(call.getTargetOwner().getName())
                                && Set.of("get", "join")
                                        .contains(call.getTarget().getName())))
                .because("a thread that waits is a thread that a slow caller can take away");
    }

    private boolean isOurs(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(module.basePackage()) || name.startsWith(module.basePackage() + ".");
    }

    private boolean isRoot(JavaClass type) {
        return type.getPackageName().equals(module.basePackage());
    }

    private DescribedPredicate<JavaClass> areNotExemptFrom(Rule rule) {
        List<String> exempt = module.exemptFrom(rule);
        return describe("are not excepted", each -> exempt.stream().noneMatch(where -> covers(where, each)));
    }

    private static boolean covers(String where, JavaClass type) {
        return type.getName().equals(where)
                || type.getName().startsWith(where + "$")
                || PackageMatcher.of(where).matches(type.getPackageName());
    }

    private static boolean isFromTheAir(JavaCodeUnitAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String method = access.getTarget().getName();
        boolean clockless = method.equals("now")
                && owner.startsWith("java.time.")
                && access.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.getName().equals("java.time.Clock"));
        return clockless || FROM_THE_AIR.contains(owner + "." + method) || FROM_THE_AIR.contains(owner + ".*");
    }

    private static ArchCondition<JavaClass> access(String description, Predicate<JavaCodeUnitAccess<?>> forbidden) {
        return condition(description, (each, events) -> {
            for (JavaCodeUnitAccess<?> access : each.getCodeUnitAccessesFromSelf()) {
                if (forbidden.test(access)) {
                    events.add(SimpleConditionEvent.satisfied(each, access.getDescription()));
                }
            }
        });
    }

    private static DescribedPredicate<JavaClass> describe(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass each, ConditionEvents events) {
                check.check(each, events);
            }
        };
    }

    /** Looks at one class and tells what it finds. */
    private interface Check {
        void check(JavaClass each, ConditionEvents events);
    }

    /** One slice for each package, the root included, which ArchUnit's own patterns leave out. */
    private record PackageOf(String basePackage) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            boolean ours = name.equals(basePackage) || name.startsWith(basePackage + ".");
            return ours ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + basePackage;
        }
    }

    /** One slice for each class, with all that is nested in it; packages that are exempt have none. */
    private record ClassOf(String basePackage, List<String> exempt) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            JavaClass outermost = type.getBaseComponentType();
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            JavaClass slice = outermost;
            boolean ours = (slice.getPackageName() + ".").startsWith(basePackage + ".");
            return ours && exempt.stream().noneMatch(where -> covers(where, slice))
                    ? SliceIdentifier.of(slice.getName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + basePackage;
        }
    }
}
