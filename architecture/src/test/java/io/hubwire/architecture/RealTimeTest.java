// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The core, the testkit and the tests of both wait for what is to happen, never for time to pass. */
class RealTimeTest {
    private static final List<String> MODULES = List.of("hub-core", "hub-testkit");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream().flatMap(RealTimeTest::folders).toList());
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted.waiting");

    /** Who has no other way; classes by their names, packages with two dots. Even they do not sleep. */
    private static final Map<String, String> MAY_PAUSE = Map.of(
            "io.hubwire.testkit.contract..", "drives real sockets, whose other end tells nobody what it has done",
            "io.hubwire.testkit.FakeTransport", "gives the fake a real clock, so that the contract can drive it",
            "io.hubwire.testkit.FakePeer", "is such a peer in memory",
            "io.hubwire.testkit.TaskQueue", "waits for what an application does on threads of its own",
            "io.hubwire.testkit.RealPace", "waits for what a hub does on threads of its own");

    @Test
    void nobody_sleeps() {
        classes().should(RealTime.notSleep()).check(CLASSES);
    }

    @Test
    void nobody_pauses_without_a_reason() {
        classes().that(haveNoReason()).should(RealTime.notPause()).check(CLASSES);
    }

    @Test
    void every_reason_is_still_needed() {
        assertThat(MAY_PAUSE.keySet())
                .allSatisfy(name -> assertThat(
                                violations(classes().that(match(name)).should(RealTime.notPause()), CLASSES))
                        .as(name)
                        .isNotEmpty());
    }

    @Test
    void main_code_and_tests_of_both_modules_were_found() {
        assertThat(MODULES.stream().flatMap(RealTimeTest::folders)).hasSize(2 * MODULES.size());
    }

    @Test
    void whoever_sleeps_is_seen() {
        assertSeen(
                RealTime.notSleep(),
                "Sleeps.byThread(",
                "Sleeps.bySubclass(",
                "Sleeps.byUnit(",
                "Sleeps.byReference(",
                "Sleeps.byPolling(");
    }

    @Test
    void whoever_pauses_is_seen() {
        assertSeen(
                RealTime.notPause(),
                "Pauses.parking(",
                "Pauses.parkingOn(",
                "Pauses.parkingUntil(",
                "Pauses.waiting(",
                "Pauses.waitingTimed(",
                "Pauses.timeout(",
                "Pauses.value(",
                "Pauses.later(");
    }

    private static void assertSeen(ArchCondition<JavaClass> condition, String... planted) {
        assertThat(String.join("\n", violations(classes().should(condition), PLANTED)))
                .contains(planted);
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }

    private static DescribedPredicate<JavaClass> haveNoReason() {
        return DescribedPredicate.not(DescribedPredicate.or(
                MAY_PAUSE.keySet().stream().map(RealTimeTest::match).toList()));
    }

    /** A class with those that are nested in it, or a package with those below. */
    private static DescribedPredicate<JavaClass> match(String name) {
        return name.endsWith("..")
                ? resideInAPackage(name)
                : DescribedPredicate.describe(
                        name,
                        item -> item.getName().equals(name) || item.getName().startsWith(name + "$"));
    }

    private static Stream<Path> folders(String module) {
        return Stream.of("target/classes", "target/test-classes")
                .map(folder -> Repository.path(module).resolve(folder))
                .filter(Files::isDirectory);
    }
}
