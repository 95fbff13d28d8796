// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ObserverChainTest {
    private final List<String> told = new ArrayList<>();

    private final class Listening implements HubObserver {
        @Override
        public void handshakeRefused(int status) {
            told.add("refused " + status);
        }

        @Override
        public void clientConnected(String client) {
            told.add("connected " + client);
        }

        @Override
        public void clientDisconnected(String client, CloseReason reason) {
            told.add("disconnected " + client + " " + reason.code());
        }

        @Override
        public void received(String client, String event, boolean known) {
            told.add("received " + client + " " + event + " " + known);
        }

        @Override
        public void failed(String client, String event, ErrorCode code) {
            told.add("failed " + client + " " + event + " " + code.number());
        }

        @Override
        public void handlerFailed(String client, String event, String incident, Throwable failure) {
            told.add("handler failed " + client + " " + event + " " + incident);
        }

        @Override
        public void handlerUnfinished(String client, String event, CompletionStage<?> end) {
            told.add("unfinished " + client + " " + event);
        }

        @Override
        public void pushed(String client, String event, Frame frame) {
            told.add("pushed " + client + " " + event);
        }

        @Override
        public void dropped(String client, String event, Frame frame) {
            told.add("dropped " + client + " " + event);
        }

        @Override
        public void broadcast(String audience, String event, int accepted) {
            told.add("broadcast " + audience + " " + event + " " + accepted);
        }
    }

    private static final List<Consumer<HubObserver>> CALLS = List.of(
            observer -> observer.handshakeRefused(503),
            observer -> observer.clientConnected("c"),
            observer -> observer.clientDisconnected("c", CloseReason.NORMAL),
            observer -> observer.received("c", "e", true),
            observer -> observer.failed("c", "e", ErrorCode.BUSY),
            observer -> observer.handlerFailed("c", "e", "i", new IllegalStateException()),
            observer -> observer.handlerUnfinished("c", "e", new CompletableFuture<>()),
            observer -> observer.pushed("c", "e", Frame.of("{}")),
            observer -> observer.dropped("c", "e", Frame.of("{}")),
            observer -> observer.broadcast("all", "e", 3));

    @Test
    void every_observer_is_told_everything() {
        HubObserver chain = ObserverChain.of(List.of(new Listening(), new Listening()));

        CALLS.forEach(call -> call.accept(chain));

        assertThat(told)
                .hasSize(2 * CALLS.size())
                .contains(
                        "refused 503",
                        "connected c",
                        "disconnected c 1000",
                        "received c e true",
                        "failed c e 1201",
                        "handler failed c e i",
                        "unfinished c e",
                        "pushed c e",
                        "dropped c e",
                        "broadcast all e 3");
    }

    @Test
    void what_one_throws_reaches_neither_the_hub_nor_the_others() {
        HubObserver chain = ObserverChain.of(List.of(
                throwing(() -> {
                    throw new IllegalStateException("thrown on purpose");
                }),
                throwing(() -> {
                    throw new AssertionError("thrown on purpose");
                }),
                new Listening()));

        assertThatCode(() -> CALLS.forEach(call -> call.accept(chain))).doesNotThrowAnyException();

        assertThat(told).hasSize(CALLS.size());
    }

    @Test
    void nobody_observes_at_no_cost() {
        assertThat(ObserverChain.of(List.of())).isSameAs(HubObserver.NONE);
    }

    private static HubObserver throwing(Runnable failure) {
        return new HubObserver() {
            @Override
            public void clientConnected(String client) {
                failure.run();
            }

            @Override
            public void pushed(String client, String event, Frame frame) {
                failure.run();
            }
        };
    }
}
