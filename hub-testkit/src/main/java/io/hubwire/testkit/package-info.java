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
 *     assertThat(bob).received(SAID).last().isEqualTo(new Said("ann", "hi"));
 *     hub.advance(Duration.ofDays(1));
 *     assertThat(ann).isConnected();
 * }
 * }</pre>
 *
 * <p>What a client does is carried through to the end before the call returns: nothing in a test ever waits. Not tested
 * here: TLS, the HTTP upgrade, a container's threads and memory.
 */
@NullMarked
package io.hubwire.testkit;

import org.jspecify.annotations.NullMarked;
