// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What is around a test, as JUnit nests it: an inherited {@code @Nested} class has no other tie to its outer one. */
final class Enclosing {
    private Enclosing() {}

    /** The test's class first, the outermost last. */
    static List<Class<?>> classesOf(ExtensionContext test) {
        return Stream.iterate(
                        Optional.of(test), Optional::isPresent, context -> context.flatMap(ExtensionContext::getParent))
                .<Class<?>>flatMap(context -> context.flatMap(ExtensionContext::getTestClass).stream())
                .distinct()
                .toList();
    }

    /** The nearest annotation: the method's, else that of its class, else that of a class around it. */
    static HubTest optionsOf(ExtensionContext test) {
        return Stream.<AnnotatedElement>concat(test.getTestMethod().stream(), classesOf(test).stream())
                .flatMap(element -> AnnotationSupport.findAnnotation(element, HubTest.class).stream())
                .findFirst()
                .orElseThrow();
    }
}
