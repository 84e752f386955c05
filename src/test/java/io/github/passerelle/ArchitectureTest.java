package io.github.passerelle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies go one way: everything may use the component, and the component knows nothing of the rest. */
@AnalyzeClasses(packages = "io.github.passerelle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String COMPONENT = "io.github.passerelle.camel.redisstreams..";

    @ArchTest
    static final ArchRule ONLY_THE_COMPONENT_SPEAKS_TO_REDIS = noClasses().that().resideOutsideOfPackage(COMPONENT)
            .should().dependOnClassesThat().resideInAPackage("org.redisson..");

    @ArchTest
    static final ArchRule THE_COMPONENT_KNOWS_NOTHING_OF_THE_REST = classes().that().resideInAPackage(COMPONENT)
            .should().onlyDependOnClassesThat().resideInAnyPackage(COMPONENT, "java..", "javax.net.ssl..", "org.apache.camel..", "org.redisson..",
                    "com.fasterxml.jackson..", "io.netty.handler.ssl.util..", "org.slf4j..");

    @ArchTest
    static final ArchRule NO_PACKAGE_DEPENDS_ON_ITSELF_IN_A_CIRCLE = slices().matching("io.github.passerelle.(*)..").should().beFreeOfCycles();

    /** What a session comes to depends on nothing but its entries and the mapping. */
    @ArchTest
    static final ArchRule BOOKING_ONLY_COMPUTES = classes().that().resideInAPackage("io.github.passerelle.booking..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.github.passerelle.booking..", "io.github.passerelle.push..", COMPONENT, "java..",
                    "org.apache.camel..", "com.fasterxml.jackson..", "com.networknt.schema..");

    /** Each check can be made by itself, by a command or by anything else; none decides, and none writes. */
    @ArchTest
    static final ArchRule CHECKS_ONLY_LOOK = classes().that().resideInAPackage("io.github.passerelle.check..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.github.passerelle.check..", "io.github.passerelle.settings..",
                    "io.github.passerelle.tracking..", "io.github.passerelle.booking..", "io.github.passerelle.push..", COMPONENT, "java..",
                    "javax.net.ssl..", "org.apache.camel..", "org.apache.hc..", "com.fasterxml.jackson..");

    /** What a person sees and decides goes through the same questions and decisions as on the command line. */
    @ArchTest
    static final ArchRule THE_PAGE_ASKS_AND_DECIDES_AS_THE_COMMANDS_DO = noClasses().that().resideInAPackage("io.github.passerelle.page..")
            .should().dependOnClassesThat().resideInAPackage("io.github.passerelle.command..")
            .orShould().dependOnClassesThat().haveSimpleName("RedisStreamsAdmin");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_OF_THE_PAGE = noClasses().that().resideOutsideOfPackage("io.github.passerelle.page..")
            .should().dependOnClassesThat().resideInAPackage("io.github.passerelle.page..");
}
