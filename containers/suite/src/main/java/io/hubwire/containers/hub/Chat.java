// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.Route;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A small application with a handler for every way to fail. */
final class Chat implements HubModule {
    static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    static final ErrorCode TOO_LOW = ErrorCode.of(10_001, "bid too low");

    /** What a client says. */
    record Say(String text, int loudness) {}

    /** What everybody hears. */
    record Said(String text) {}

    /** Opened by the first handler of {@code chat/wait}. */
    final CountDownLatch entered = new CountDownLatch(1);

    /** Holds the handlers of {@code chat/wait} until it is opened. */
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public void install(HubBuilder hub) {
        hub.install(
                        StandardEvents.ping(),
                        StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")),
                        StandardEvents.kick())
                .emits(SAID)
                .on("chat/say", Say.class, (client, say) -> client.send(SAID, new Said(say.text())), Chat::notEmpty)
                .on(
                        "chat/room",
                        Say.class,
                        (client, say) -> client.group("room-1").send(SAID, new Said(say.text())))
                .on("chat/admin", client -> {}, route -> route.allow(Client.hasRole("admin")))
                .on("chat/wait", client -> {
                    entered.countDown();
                    gate.await();
                })
                .on("chat/slow", client -> gate.await(), route -> route.timeout(Duration.ofMillis(200)))
                .on("chat/broken", client -> {
                    throw new IllegalStateException("a secret of the server");
                })
                .on("chat/bid", client -> {
                    throw TOO_LOW.exception(Map.of("least", 5));
                });
    }

    private static void notEmpty(Route<Say> route) {
        route.validate("text", say -> !say.text().isEmpty());
    }
}
