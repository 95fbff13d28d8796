// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.Route;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.RacingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With real threads: what an interrupt does can be seen only there. */
class HandlerTimeTest {
    private static final Duration TIME = Duration.ofMillis(50);

    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private String secret = "";

    private void tellNext() {
        told.add("next, interrupted " + Thread.currentThread().isInterrupted());
    }

    /** However long the machine holds it up: an interrupt that it sees is an older one. */
    private static void inItsOwnTime(Route<Void> route) {
        route.timeout(Duration.ofMinutes(1));
    }

    @Test
    void a_handler_that_blocks_for_too_long_is_interrupted_and_the_next_event_is_not() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(TIME))
                .on("block", client -> {
                    try {
                        never.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        told.add("interrupted");
                        Thread.currentThread().interrupt(); // as a well-behaved handler does
                    }
                })
                .on("next", client -> tellNext(), HandlerTimeTest::inItsOwnTime)
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
        AtomicLong connectEnded = new AtomicLong();
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(TIME))
                .onConnect(client -> {
                    try {
                        never.await(10, TimeUnit.SECONDS);
                    } finally {
                        connectEnded.set(System.nanoTime());
                    }
                })
                .onDisconnect((client, reason) ->
                        told.add(reason.code() + ", interrupted " + isStillInterrupted(connectEnded.get())))
                .build()) {
            hub.start();

            ConnectionHandler handler =
                    Door.open(hub, BareHandshake.anonymous(), new RacingConnection(Runnable::run, 1, 1));

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("4102, interrupted false");
            handler.onClosed(CloseReason.SERVER_ERROR);
        }
    }

    /** By an older interrupt: before its own time can be over. */
    private static boolean isStillInterrupted(long startNanos) {
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        return isInterrupted && System.nanoTime() - startNanos < TIME.toNanos();
    }

    @Test
    void an_on_detach_and_an_on_resume_that_block_for_too_long_are_interrupted_and_the_client_is_heard()
            throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(TIME))
                .onDetach((client, reason) -> never.await(10, TimeUnit.SECONDS))
                .onDetach((client, reason) -> told.add("away"))
                .onResume(client -> never.await(10, TimeUnit.SECONDS))
                .onResume(client -> told.add("back"))
                .on("next", client -> tellNext(), HandlerTimeTest::inItsOwnTime)
                .build()) {
            hub.start();
            greet(hub, "").onClosed(CloseReason.CONNECTION_LOST);

            ConnectionHandler back = greet(hub, ",\"resume\":{\"session\":\"" + secret + "\",\"seq\":0}");
            back.onText("{\"event\":\"next\"}", true);

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("away");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("back");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("next, interrupted false");
            back.onClosed(CloseReason.NORMAL);
        }
    }

    private ConnectionHandler greet(Hub hub, String resume) throws InterruptedException {
        RacingConnection connection = new RacingConnection(Runnable::run, 1, 1);
        ConnectionHandler handler = Door.open(hub, BareHandshake.anonymous().offering("hubwire.v1"), connection);
        handler.onText("{\"event\":\"hub/hello\",\"data\":{\"token\":\"\"" + resume + "}}", true);
        assertThat(connection.hasEverything(5)).isTrue();
        secret = connection.sent().get(0).replaceFirst(".*\"session\":\"([^\"]*)\".*", "$1");
        return handler;
    }

    @Test
    void an_on_disconnect_that_blocks_for_too_long_is_interrupted_and_the_next_is_not() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Hub hub = Hub.builder()
                .limits(InboundLimits.defaults().handlerTime(TIME))
                .onDisconnect((client, reason) -> {
                    try {
                        never.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        told.add("interrupted");
                    }
                })
                .onDisconnect((client, reason) -> tellNext())
                .build()) {
            hub.start();
            Door.open(hub, BareHandshake.anonymous(), new RacingConnection(Runnable::run, 1, 1))
                    .onClosed(CloseReason.GOING_AWAY);

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("next, interrupted false");
        }
    }
}
