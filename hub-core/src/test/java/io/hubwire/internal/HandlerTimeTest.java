// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.RacingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With real threads: what an interrupt does can be seen only there. */
class HandlerTimeTest {
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void a_handler_that_blocks_for_too_long_is_interrupted_and_the_next_event_is_not() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(Duration.ofMillis(50)))
                .on("block", client -> {
                    try {
                        never.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        told.add("interrupted");
                        Thread.currentThread().interrupt(); // as a well-behaved handler does
                    }
                })
                .on(
                        "next",
                        client -> told.add(
                                "next, interrupted " + Thread.currentThread().isInterrupted()))
                .build()) {
            hub.start();
            RacingConnection connection = new RacingConnection(Runnable::run, 1, 1);
            ConnectionHandler handler = Door.open(hub, BareHandshake.anonymous(), connection);

            handler.onText("{\"event\":\"block\"}", true);
            handler.onText("{\"event\":\"next\"}", true);

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("next, interrupted false");
            assertThat(connection.hasEverything(5)).isTrue();
            assertThat(connection.sent().get(0)).contains("\"code\":1401");
            handler.onClosed(CloseReason.GOING_AWAY);
        }
    }

    @Test
    void an_on_connect_that_blocks_for_too_long_is_interrupted_and_its_client_refused() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(Duration.ofMillis(50)))
                .onConnect(client -> never.await(10, TimeUnit.SECONDS))
                .onDisconnect((client, reason) -> told.add(reason.code() + ", interrupted "
                        + Thread.currentThread().isInterrupted()))
                .build()) {
            hub.start();

            ConnectionHandler handler =
                    Door.open(hub, BareHandshake.anonymous(), new RacingConnection(Runnable::run, 1, 1));

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("4102, interrupted false");
            handler.onClosed(CloseReason.SERVER_ERROR);
        }
    }

    @Test
    void an_on_disconnect_that_blocks_for_too_long_is_interrupted_and_the_next_is_not() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(Duration.ofMillis(50)))
                .onDisconnect((client, reason) -> {
                    try {
                        never.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        told.add("interrupted");
                    }
                })
                .onDisconnect((client, reason) ->
                        told.add("next, interrupted " + Thread.currentThread().isInterrupted()))
                .build()) {
            hub.start();
            Door.open(hub, BareHandshake.anonymous(), new RacingConnection(Runnable::run, 1, 1))
                    .onClosed(CloseReason.GOING_AWAY);

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("next, interrupted false");
        }
    }
}
