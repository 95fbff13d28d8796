// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The walls of the house, each as a rule over a tree of packages.
 *
 * <p>Every rule takes the name of the root package, so that it runs on the real tree and on a planted one that breaks it.
 */
final class Walls {
    private static final String[] EVERYWHERE = {"java..", "org.jspecify..", "com.google.errorprone.annotations.."};

    private Walls() {}

    static ArchRule everyClassOfTheCoreHasARoom(String root) {
        return classes()
                .that(resideInAPackage(root + ".internal.."))
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(""), EngineOrder.ROOMS.stream().map(room -> "." + room))
                                .map(room -> root + ".internal" + room)
                                .toArray(String[]::new))
                .because("a new room of the engine is a decision")
                .allowEmptyShould(true);
    }

    /** One named pair is the exception: {@code Hub.builder()} creates the engine's {@code DefaultHubBuilder}. */
    static ArchRule apiKnowsSpiAndProtocol(String root) {
        return classes()
                .that(resideInAPackage(root).and(not(theHubOf(root))))
                .should()
                .onlyDependOnClassesThat(may(root, "", ".spi..", ".protocol.."))
                .allowEmptyShould(true);
    }

    static ArchRule hubKnowsTheBuilderAndNothingElseOfTheEngine(String root) {
        return classes()
                .that(theHubOf(root))
                .should()
                .onlyDependOnClassesThat(may(root, "", ".spi..", ".protocol..").or(theBuilderOf(root)))
                .allowEmptyShould(true);
    }

    static ArchRule spiKnowsProtocol(String root) {
        return classes()
                .that(resideInAPackage(root + ".spi.."))
                .should()
                .onlyDependOnClassesThat(may(root, ".spi..", ".protocol.."))
                .allowEmptyShould(true);
    }

    static ArchRule protocolKnowsNothing(String root) {
        return classes()
                .that(resideInAPackage(root + ".protocol.."))
                .should()
                .onlyDependOnClassesThat(may(root, ".protocol.."))
                .allowEmptyShould(true);
    }

    static ArchRule codecKnowsSpiAndProtocol(String root) {
        return classes()
                .that(resideInAPackage(root + ".codec.."))
                .should()
                .onlyDependOnClassesThat(
                        may(root, ".codec..", ".spi..", ".protocol..").or(resideInAPackage("com.fasterxml.jackson..")))
                .allowEmptyShould(true);
    }

    static ArchRule onlyCodecKnowsJackson(String root) {
        return noClasses()
                .that(coreOf(root).and(not(resideInAPackage(root + ".codec.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.."))
                .allowEmptyShould(true);
    }

    static ArchRule onlyTheCompositionRootKnowsCodec(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".internal.*.."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".codec.."))
                .allowEmptyShould(true);
    }

    static ArchRule engineKeepsItsOrder(String root) {
        return classes()
                .that(resideInAPackage(root + ".internal.."))
                .should(new EngineOrder(root + ".internal"))
                .allowEmptyShould(true);
    }

    static ArchRule onlyRuntimeKnowsThreadsClocksAndChance(String root) {
        return classes()
                .that(coreOf(root).and(not(resideInAPackage(root + ".internal.runtime.."))))
                .should(new NoThreadsClocksOrChance())
                .allowEmptyShould(true);
    }

    static ArchRule packagesHaveNoCycles(String root) {
        return slices().assignedFrom(new OnePackageOneSlice(root))
                .should()
                .beFreeOfCycles()
                .ignoreDependency(theHubOf(root), theBuilderOf(root))
                .ignoreDependency(theClientBuilderOf(root), resideInAPackage(root + ".client.internal"))
                .allowEmptyShould(true);
    }

    static ArchRule everyPackageIsNullMarked(String root) {
        return classes()
                .that(resideInAPackage(root + "..").and(not(name("module-info"))))
                .should(new BeInANullMarkedPackage())
                .allowEmptyShould(true);
    }

    static ArchRule nobodyOutsideTheCoreTouchesTheEngine(String root) {
        return noClasses()
                .that(not(coreOf(root)))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".internal.."))
                .allowEmptyShould(true);
    }

    static ArchRule theCoreKnowsNeitherAdapterNorTestkitNorExamples(String root) {
        return noClasses()
                .that(coreOf(root))
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".jakarta..", root + ".testkit..", root + ".examples.."))
                .allowEmptyShould(true);
    }

    static ArchRule adapterDoesNotSeeTestkit(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".jakarta.."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".testkit.."))
                .allowEmptyShould(true);
    }

    static ArchRule testkitDoesNotSeeAdapter(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".testkit.."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".jakarta.."))
                .allowEmptyShould(true);
    }

    /** What hub and client say to each other is the core's; the rest of it is for hubs. */
    static ArchRule theClientKnowsTypesAndProtocolOnly(String root) {
        return classes()
                .that(resideInAPackage(root + ".client.."))
                .should()
                .onlyDependOnClassesThat(may(root, ".client..", ".protocol..")
                        .or(name(root + ".EventType"))
                        .or(name(root + ".RequestType"))
                        .or(name(root + ".TypeToken"))
                        .or(name(root + ".User"))
                        .or(resideInAnyPackage("com.fasterxml.jackson..", "jakarta.websocket..")))
                .allowEmptyShould(true);
    }

    static ArchRule nothingForHubsKnowsTheClient(String root) {
        return noClasses()
                .that(coreOf(root).or(resideInAnyPackage(root + ".jakarta..", root + ".testkit..")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".client.."))
                .allowEmptyShould(true);
    }

    /** The builder is given a container by its user. */
    static ArchRule onlyClassesNamedJakartaKnowTheClientsContainer(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".client..")
                        .and(not(nameStartingWith(root + ".client.internal.Jakarta")))
                        .and(not(theClientBuilderOf(root))))
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.."))
                .allowEmptyShould(true);
    }

    /** {@code Dispatch} lets a container's thread wait for room. */
    static ArchRule theClientsEngineLeavesThreadsClocksAndChanceToItsRuntime(String root) {
        return classes()
                .that(resideInAPackage(root + ".client..")
                        .and(not(name(root + ".client.internal.SharedRuntime")))
                        .and(not(name(root + ".client.internal.Dispatch"))))
                .should(new NoThreadsClocksOrChance())
                .allowEmptyShould(true);
    }

    static ArchRule namesSayWhatAThingIs(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .allowEmptyShould(true);
    }

    /** A container's own classes may be missing at run time: whoever names them is easy to find. */
    static ArchRule onlyClassesNamedGrizzlyKnowGrizzly(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".jakarta..").and(not(nameStartingWith(root + ".jakarta.Grizzly"))))
                .should()
                .dependOnClassesThat(resideInAPackage("org.glassfish.."))
                .allowEmptyShould(true);
    }

    static ArchRule adapterNeverSendsBlocking(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".jakarta.."))
                .should()
                .dependOnClassesThat(name("jakarta.websocket.RemoteEndpoint$Basic"))
                .orShould()
                .callMethodWhere(
                        describe("getBasicRemote", call -> call.getName().equals("getBasicRemote")))
                .allowEmptyShould(true);
    }

    static ArchRule theCoreLogsThroughSystemLogger(String root) {
        return noClasses()
                .that(coreOf(root))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
                .allowEmptyShould(true);
    }

    static ArchRule nothingIsSerialisedByJava(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .dependOnClassesThat(name("java.io.ObjectInputStream").or(name("java.io.ObjectOutputStream")))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> coreOf(String root) {
        return resideInAnyPackage(root, root + ".spi..", root + ".protocol..", root + ".codec..", root + ".internal..");
    }

    private static DescribedPredicate<JavaClass> theHubOf(String root) {
        return name(root + ".Hub").forSubtype();
    }

    private static DescribedPredicate<JavaClass> theBuilderOf(String root) {
        return name(root + ".internal.DefaultHubBuilder").forSubtype();
    }

    private static DescribedPredicate<JavaClass> theClientBuilderOf(String root) {
        return name(root + ".client.HubClientBuilder").forSubtype();
    }

    private static DescribedPredicate<JavaClass> may(String root, String... packages) {
        return resideInAnyPackage(EVERYWHERE)
                .or(resideInAnyPackage(
                        Arrays.stream(packages).map(name -> root + name).toArray(String[]::new)));
    }
}
