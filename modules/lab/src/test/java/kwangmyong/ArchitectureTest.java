package kwangmyong;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The picture of the house, enforced:
 *
 * <pre>kernel &lt;- net &lt;- web &lt;- access, dns, gateway, mail, sites &lt;- console, portal, api &lt;- lab</pre>
 *
 * Features never import features; surfaces see only what a feature offers in its {@code api} package; only lab imports everything.
 */
class ArchitectureTest {
    private static final String ROOT = "kwangmyong";
    private static final List<String> FOUNDATIONS = List.of("kernel", "net", "web");
    private static final List<String> FEATURES =
            List.of("access", "dns", "gateway", "mail", "sites", "border", "isolation");
    private static final List<String> SURFACES = List.of("console", "portal", "api", "bench");
    private static final String LAB = "lab";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ArchitectureTest::isProduct)
            .importPackages(ROOT);

    /** Neither tests nor the test kit; by Maven's folders or any other that is called test. */
    private static boolean isProduct(Location location) {
        return !location.contains("/test-classes/") && !location.contains("/test/") && !location.contains("/testkit/");
    }

    static List<String> features() {
        return present(FEATURES);
    }

    static List<String> surfaces() {
        return present(SURFACES);
    }

    static List<String> modulesOfParts() {
        List<String> all = new ArrayList<>(modules());
        all.remove("kernel");
        return all;
    }

    @Test
    void everyPackageBelongsToAModuleOfThePicture() {
        Set<String> known = new TreeSet<>(FOUNDATIONS);
        known.addAll(FEATURES);
        known.addAll(SURFACES);
        known.add(LAB);
        assertThat(modules()).contains("kernel", "net", "access", LAB).allMatch(known::contains);
    }

    @Test
    void theKernelImportsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(below("kernel"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", below("kernel")))
                .check(PRODUCT);
    }

    @Test
    void netKnowsOnlyTheKernel() {
        classesOf("net")
                .should()
                .onlyDependOnClassesThat(foreignOr("kernel", "net"))
                .check(PRODUCT);
    }

    @Test
    void webKnowsOnlyTheKernelAndNet() {
        classesOf("web")
                .should()
                .onlyDependOnClassesThat(foreignOr("kernel", "net", "web"))
                .check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("features")
    void featuresNeverImportFeatures(String feature) {
        classesOf(feature)
                .should()
                .onlyDependOnClassesThat(foreignOr("kernel", "net", "web", feature))
                .because("features meet at the kernel's ports and are wired in lab")
                .check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("surfaces")
    void surfacesImportOnlyTheApiOfFeatures(String surface) {
        classesOf(surface)
                .should()
                .onlyDependOnClassesThat(
                        foreignOr("kernel", "net", "web", surface).or(apiOfAFeature()))
                .because("an operation is a value of its feature's api, which every surface renders")
                .check(PRODUCT);
    }

    @Test
    void aFeaturesApiIsAsSmallAsItLooks() {
        for (String feature : features()) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + feature + ".api..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(below(feature))
                            .and(not(resideInAPackage(ROOT + "." + feature + ".api.."))))
                    .because("what surfaces see must not drag the feature's insides along")
                    .allowEmptyShould(true)
                    .check(PRODUCT);
        }
    }

    @Test
    void onlyLabReadsYaml() {
        noClasses()
                .that(not(resideInAPackage(below(LAB))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.snakeyaml..",
                        "org.yaml..",
                        "tools.jackson.dataformat.yaml..",
                        "com.fasterxml.jackson.dataformat.yaml.."))
                .because("features receive records; configuration is read in one place")
                .check(PRODUCT);
    }

    /** The kernel's own packages are not asked: its words define one another. */
    @ParameterizedTest
    @MethodSource("modulesOfParts")
    void thePackagesOfAModuleDependOneWay(String module) {
        slices().matching(ROOT + "." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void enginesNeitherLogNorOpenSocketsNorLookAtAClock() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Engine")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.slf4j..", "ch.qos.logback..", "java.nio.channels..", "io.netty.channel..")
                        .or(named(
                                "java.net.Socket",
                                "java.net.ServerSocket",
                                "java.net.DatagramSocket",
                                "java.time.Clock",
                                "kwangmyong.kernel.service.LabClock")))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void timeComesFromTheLabsClock() {
        noClasses()
                .that(not(resideInAPackage(below(LAB))))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callConstructor(java.util.Date.class)
                .because("hours, sessions and journal times are the lab's")
                .check(PRODUCT);
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction classesOf(String module) {
        return classes().that().resideInAPackage(below(module));
    }

    /** What is not ours, or belongs to one of these modules. */
    private static DescribedPredicate<JavaClass> foreignOr(String... modules) {
        String[] packages =
                java.util.Arrays.stream(modules).map(ArchitectureTest::below).toArray(String[]::new);
        return not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(packages));
    }

    private static DescribedPredicate<JavaClass> apiOfAFeature() {
        return resideInAnyPackage(FEATURES.stream()
                .map(feature -> ROOT + "." + feature + ".api..")
                .toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> all = Set.of(names);
        return describe("are sockets or clocks", type -> all.contains(type.getName()));
    }

    private static String below(String module) {
        return ROOT + "." + module + "..";
    }

    private static List<String> present(List<String> modules) {
        List<String> present = new ArrayList<>(modules);
        present.retainAll(modules());
        return present;
    }

    private static Set<String> modules() {
        return PRODUCT.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.split("\\.", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
