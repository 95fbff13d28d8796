// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the application wires its hub, so that tests run on the production wiring. It stands on one of these, static or
 * not:
 *
 * <pre>{@code
 * @HubSetup final Auction auction = new Auction();                  // a field with a HubModule
 * @HubSetup HubBuilder app(HubBuilder hub) { return App.wire(hub); }
 * @HubSetup void app(HubBuilder hub) { App.wire(hub); }
 * }</pre>
 *
 * <p>The nearest one counts: the class's own, then those of its superclasses, then, for a {@code @Nested} class, those
 * of the enclosing classes. Two in one class, another form, or none at all fail every test of the class. It runs once
 * for each test that asks for a hub, before its first client; what it throws fails the test.
 */
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HubSetup {}
