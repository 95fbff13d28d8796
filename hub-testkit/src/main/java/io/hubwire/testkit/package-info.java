// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A hub under test with its clients, all on the test's thread and on a clock that only the test moves.
 *
 * <pre>{@code
 * try (TestHub hub = TestHub.of(new Chat())) {
 *     TestClient ann = hub.connect("ann");
 *     TestClient bob = hub.connect("bob");
 *     ann.join("room-1").isOk();
 *     bob.join("room-1").isOk();
 *     ann.send(SAY, new Say("hi"));
 *     bob.expectPush(SAID).hasData(new Said("ann", "hi"));
 *     bob.expectNoPush();
 *     hub.advance(Duration.ofDays(1));
 *     assertThat(ann).isConnected();
 * }
 * }</pre>
 *
 * <p>Two families say what a test wants, and one rule tells them apart. {@code expect…} reads what a client received, in the
 * order of arrival and each message once: for what should happen next, and for nothing more. {@code assertThat(…)} from {@link
 * io.hubwire.testkit.HubAssertions} looks and changes nothing: for the state of a hub or connection, and for all that was
 * received of one event, whatever was read. {@link io.hubwire.testkit.Reply} is short for expecting its own answer.
 *
 * <p>Neither waits: what a client does is carried through to the end before the call returns. Only in {@link
 * io.hubwire.testkit.Mode#REAL} an expectation waits, for up to 5 s. What went wrong and was neither read nor looked at is
 * found by {@link io.hubwire.testkit.TestHub#checkLeftovers}. Secrets are masked in all that a test prints, see {@link
 * io.hubwire.testkit.Redactor}.
 *
 * <p>Not tested here: TLS, the HTTP upgrade, a container's threads and memory.
 */
@NullMarked
package io.hubwire.testkit;

import org.jspecify.annotations.NullMarked;
