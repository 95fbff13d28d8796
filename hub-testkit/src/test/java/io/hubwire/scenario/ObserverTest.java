// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final EventType<Void> LATER = EventType.of("later");
    private static final EventType<Void> NOW = EventType.of("now");

    private final List<String> log = new ArrayList<>();

    @Test
    void a_session_is_seen_from_its_beginning_to_its_end() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).observer(new Recording()))) {
            TestClient ann = hub.connect("ann");
            ann.send("note");
            ann.send("no/such");
            ann.session().join("room");
            hub.hub().group("room").send("news", "x");
            ann.drop();
        }

        assertThat(log)
                .containsExactly(
                        "connected",
                        "received note known",
                        "received no/such unknown",
                        "failed no/such 1300",
                        "pushed no/such",
                        "pushed news",
                        "broadcast group room news 1",
                        "disconnected 1006");
    }

    @Test
    void a_failure_of_a_handler_is_seen_with_its_cause() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).observer(new Recording()))) {
            hub.connect("ann").send("boom");
        }

        assertThat(log).contains("handler of boom failed: database is down", "failed boom 1400");
    }

    @Test
    void a_handler_that_has_not_finished_is_seen_until_it_has_answered() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        try (TestHub hub = TestHub.of(builder -> builder.onAsync(EventType.of("later"), (client, nothing) -> answer)
                .onAsync(EventType.of("now"), (client, nothing) -> CompletableFuture.completedFuture(null))
                .observer(new Recording()))) {
            TestClient ann = hub.connect("ann");
            ann.request("now").isOk();
            ann.request("later").isUnanswered();
            answer.complete(null);
        }

        assertThat(log)
                .doesNotContain("now is unfinished")
                .containsSubsequence("later is unfinished", "pushed later", "later is over");
    }

    @Test
    void a_refused_handshake_is_seen() {
        try (TestHub hub = TestHub.of(builder ->
                builder.authenticator(handshake -> Admission.refuse(403)).observer(new Recording()))) {
            hub.client().tryConnect();
        }

        assertThat(log).containsExactly("refused 403");
    }

    @Test
    void a_message_that_a_policy_drops_is_seen() {
        OutboxPolicy policy = OutboxPolicy.atMost(1, 1_024).onOverflow(Overflow.DROP_OLDEST);
        try (TestHub hub = TestHub.of(builder -> builder.outbox(policy).observer(new Recording()))) {
            hub.client().socketBuffer(1).connect().stopReading();
            for (int i = 0; i < 3; i++) {
                hub.hub().all().send("news" + i, "x");
            }
            hub.settle();

            assertThat(log).contains("dropped news1").doesNotContain("dropped news0", "dropped news2");
        }
    }

    @Test
    void an_observer_that_throws_disturbs_neither_the_hub_nor_another_observer() {
        HubObserver broken = new HubObserver() {
            @Override
            public void received(String client, String event, boolean known) {
                throw new IllegalStateException("broken observer");
            }
        };
        try (TestHub hub = TestHub.of(builder -> wire(builder).observer(broken).observer(new Recording()))) {
            hub.connect("ann").request("note").isOk();
        }

        assertThat(log).contains("received note known");
    }

    private static HubBuilder wire(HubBuilder hub) {
        return hub.on("note", client -> {}).on("boom", client -> {
            throw new IllegalStateException("database is down");
        });
    }

    private final class Recording implements HubObserver {
        @Override
        public void handshakeRefused(int status) {
            log.add("refused " + status);
        }

        @Override
        public void clientConnected(String client) {
            log.add("connected");
        }

        @Override
        public void clientDisconnected(String client, CloseReason reason) {
            log.add("disconnected " + reason.code());
        }

        @Override
        public void received(String client, String event, boolean known) {
            log.add("received " + event + (known ? " known" : " unknown"));
        }

        @Override
        public void failed(String client, String event, ErrorCode code) {
            log.add("failed " + event + " " + code.number());
        }

        @Override
        public void handlerFailed(String client, String event, String incident, Throwable failure) {
            log.add("handler of " + event + " failed: " + failure.getMessage());
        }

        @Override
        public void handlerUnfinished(String client, String event, CompletionStage<?> end) {
            log.add(event + " is unfinished");
            end.thenRun(() -> log.add(event + " is over"));
        }

        @Override
        public void pushed(String client, String event, Frame frame) {
            log.add("pushed " + event);
        }

        @Override
        public void dropped(String client, String event, Frame frame) {
            log.add("dropped " + event);
        }

        @Override
        public void broadcast(String audience, String event, int accepted) {
            log.add("broadcast " + audience + " " + event + " " + accepted);
        }
    }
}
