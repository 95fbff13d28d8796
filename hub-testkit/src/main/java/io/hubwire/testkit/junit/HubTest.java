// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import io.hubwire.testkit.Leftovers;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.Redactor;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives every test of a class a hub of its own, wired by the class's {@link HubSetup}.
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} methods may have parameters of these types, and those of
 * one test get the same hub and the same clients:
 *
 * <ul>
 *   <li>{@link io.hubwire.testkit.TestHub}, {@link io.hubwire.Hub}, {@link io.hubwire.testkit.VirtualTime};
 *   <li>{@link As @As("ann")} {@link io.hubwire.testkit.TestClient}: connected;
 *   <li>{@link As @As("ann")} {@link io.hubwire.testkit.TestClientBuilder}: about to connect.
 * </ul>
 *
 * <p>The hub is made when the first of them is asked for, so that a {@code @BeforeEach} method without one can prepare
 * what the setup installs; it is closed after the last {@code @AfterEach} method, however the test went. Constructors
 * and {@code @BeforeAll} methods live longer than a hub and get none. Works with {@code @Nested},
 * {@code @ParameterizedTest}, {@code @RepeatedTest}, {@code @TestFactory} (whose dynamic tests share one hub), either
 * life cycle of instances, and parallel execution.
 *
 * <p>A failure that is not the kit's own carries the transcript of the whole hub as a suppressed exception. When it is
 * too long to be shown, the whole of it goes to a file in {@code target} or {@code build}, whichever there is.
 *
 * <p>On a method, or on a {@code @Nested} class, it replaces that of the enclosing class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(HubTestExtension.class)
public @interface HubTest {
    /** Where the hub's work runs; default on the test's thread, in virtual time. */
    Mode mode() default Mode.SERIAL;

    /** What a test that passes must have read before it ends; default errors and what else went wrong. */
    Leftovers leftovers() default Leftovers.ERRORS;

    /** What the hub's random numbers begin with; default 1. Not in {@link Mode#REAL}. */
    long seed() default 1;

    /** Whether all clients of parameters speak the hubwire.v1 profile, as {@link As#resuming}; default no. */
    boolean resuming() default false;

    /** Keys whose values transcripts do not show, besides those of {@link Redactor#standard()}; default no others. */
    String[] masked() default {};
}
