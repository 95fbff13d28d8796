// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whose client a parameter of a {@link HubTest} is.
 *
 * <p>A {@link io.hubwire.testkit.TestClient} is connected, in the order of the parameters. The second
 * {@code @As("ann")} of a method is ann's second device; the first one of another method of the same test, such as
 * {@code @BeforeEach}, is her first device again. A {@link io.hubwire.testkit.TestClientBuilder} has not connected: for
 * what the handshake carries, and for refusals.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface As {
    /** The user's id, and the client's name in transcripts. */
    String value();

    /** The user's roles, as {@link io.hubwire.testkit.TestClientBuilder#roles} takes them; default none. */
    String[] roles() default {};

    /** A bearer token, as {@link io.hubwire.testkit.TestClientBuilder#token} takes it; default none. */
    String token() default "";

    /** Whether it speaks the hubwire.v1 profile, as {@link io.hubwire.testkit.TestClientBuilder#resuming}; default no. */
    boolean resuming() default false;
}
