// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.EventType;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.Seeds;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Several connections claim one session by the same secret, or by one that another has been given since, while messages go both ways,
 * connections are cut, and the decisions about the claims come in any order: one of them writes at a time, and what each client reads
 * is the session's history without a hole. {@code -Dclaims=100000} is the full count.
 */
class DoubleClaimTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int RUNS = Integer.getInteger("claims", 2_000);
    private static final int STEPS = 50;
    private static final int MOST_CLAIMANTS = 4;
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);

    @Test
    void never_do_two_connections_of_one_session_write() {
        int[] claims = new int[3];
        Seeds.each(RUNS, seed -> {
            Run run = new Run(seed);
            run.play();
            claims[0] += run.granted;
            claims[1] += run.refused;
            claims[2] += run.fenced;
        });
        assertThat(claims[0]).as("granted").isGreaterThan(RUNS);
        assertThat(claims[1]).as("refused").isGreaterThan(RUNS / 50);
        assertThat(claims[2]).as("fenced").isGreaterThan(RUNS / 50);
    }

    private static final class Run {
        private final Random random;
        private final List<CompletableFuture<Void>> checks = new ArrayList<>();
        private final List<Integer> history = new ArrayList<>();
        private final List<Claimant> claimants = new ArrayList<>();
        private final Lobby lobby = Lobby.with(hub -> hub.beforeResume(client -> openCheck())
                .onRequest("echo", Integer.class, (client, number) -> {
                    if (client.id().equals(id())) {
                        history.add(number);
                    }
                    return number;
                }));
        private Claimant owner;
        private long acknowledged;
        private int granted;
        private int refused;
        private int fenced;

        Run(int seed) throws Exception {
            random = new Random(seed);
            owner = new Claimant("", 0);
            lobby.settle();
            owner.readAll();
        }

        private CompletableFuture<Void> openCheck() {
            CompletableFuture<Void> check = new CompletableFuture<>();
            checks.add(check);
            return check;
        }

        private String id() {
            return claimants.get(0).session.replaceFirst("\\..*", "");
        }

        void play() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                step();
                claimants.forEach(Claimant::requireItMayWrite);
            }
            finish();
        }

        private void step() throws Exception {
            Claimant any = claimants.get(random.nextInt(claimants.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> claimLike(any);
                case 2, 3 -> decideOne();
                case 4, 5 -> any.completeSend();
                case 6 -> any.read();
                case 7 -> send();
                case 8 -> any.say();
                case 9 -> any.maybeCut();
                default -> lobby.runtime().runOne();
            }
        }

        private void claimLike(Claimant other) throws Exception {
            if (claimants.size() < MOST_CLAIMANTS) {
                Claimant like = random.nextBoolean() ? claimants.get(0) : other;
                if (!like.session.isEmpty() && !like.isRefused) {
                    new Claimant(like.session, like.last);
                }
            }
        }

        private void decideOne() {
            if (!checks.isEmpty()) {
                checks.remove(random.nextInt(checks.size())).complete(null);
            }
        }

        private void send() {
            history.add(-history.size());
            lobby.hub().client(id()).send(NEWS, history.get(history.size() - 1));
        }

        /** Everything that is under way comes to its end, and who owns the session, or may claim it, has all of it. */
        private void finish() throws Exception {
            settle();
            if (owner.isCut || owner.session.isEmpty()) {
                boolean hasReadHello = !owner.session.isEmpty();
                Claimant heir = new Claimant(
                        hasReadHello ? owner.session : owner.claimed, hasReadHello ? owner.last : owner.claimedSeq);
                settle();
                assertThat(owner).as("the heir's claim is legal").isSameAs(heir);
            }
            assertThat(owner.last).isEqualTo(history.size());
            for (Claimant claimant : claimants) {
                boolean isOfSession = claimant == owner || claimant.isRefused || claimant.isCut;
                assertThat(isOfSession || claimant.connection.closes().contains(CloseReason.REPLACED))
                        .as("who was fenced is closed")
                        .isTrue();
            }
        }

        private void settle() throws Exception {
            settleHub();
            while (!checks.isEmpty()) {
                decideOne();
                claimants.forEach(Claimant::requireItMayWrite);
                settleHub();
            }
            for (Claimant claimant : claimants) {
                claimant.connection.completeAll(lobby.runtime());
                claimant.requireItMayWrite();
                claimant.readAll();
            }
        }

        private void settleHub() {
            lobby.settle();
            claimants.forEach(Claimant::requireItMayWrite);
        }

        /** One client with one connection, and what it was told of the session. */
        private final class Claimant {
            private final RecordingConnection connection = RecordingConnection.deferred();
            private final ConnectionHandler handler;
            private final String claimed;
            private final long claimedSeq;
            private String session = "";
            private long last;
            private int seen;
            private int read;
            private boolean isCut;
            private boolean isRefused;
            private boolean isFenced;

            Claimant(String claimed, long seq) {
                this.claimed = claimed;
                this.claimedSeq = seq;
                claimants.add(this);
                handler = Door.open(lobby.hub(), BareHandshake.anonymous().offering("hubwire.v1"), connection);
                String resume = ",\"resume\":{\"session\":\"" + claimed + "\",\"seq\":" + seq + "}";
                handler.onText(
                        "{\"event\":\"hub/hello\",\"data\":{\"token\":\"ann\"" + (claimed.isEmpty() ? "" : resume)
                                + "}}",
                        true);
            }

            /** Looks at what was handed to the connection since the last look. */
            void requireItMayWrite() {
                for (; seen < connection.sent().size(); seen++) {
                    assertThat(isFenced)
                            .as("a connection that was fenced writes")
                            .isFalse();
                    if (connection.sent().get(seen).contains("\"resumed\":true")) {
                        takeOver();
                    }
                }
            }

            private void takeOver() {
                granted++;
                fenced += owner.isCut ? 0 : 1;
                owner.isFenced = true;
                owner = this;
                acknowledged = Math.max(acknowledged, claimedSeq);
            }

            void completeSend() {
                if (connection.isSending() && !isCut) {
                    connection.completeSend();
                }
            }

            void maybeCut() {
                if (random.nextInt(3) == 0 && !isCut) {
                    isCut = true;
                    handler.onClosed(CloseReason.CONNECTION_LOST);
                }
            }

            /** Acknowledges, or asks for an answer, as a client does that has read its hello. */
            void say() {
                if (isCut || session.isEmpty() || isRefused) {
                    return;
                }
                if (random.nextBoolean()) {
                    handler.onText("{\"event\":\"echo\",\"data\":" + (1_000 + random.nextInt(1_000)) + "}", true);
                } else {
                    handler.onText("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + last + "}}", true);
                    acknowledged = isFenced ? acknowledged : Math.max(acknowledged, last);
                }
            }

            /** Reads one more frame of those that have arrived. */
            void read() throws Exception {
                int arrived = connection.sent().size() - (connection.isSending() ? 1 : 0);
                if (!isCut && read < arrived) {
                    apply(parse(connection.sent().get(read++)));
                }
            }

            void readAll() throws Exception {
                connection.completeAll(lobby.runtime());
                for (int before = -1; before < read; ) {
                    before = read;
                    read();
                }
            }

            private void apply(JsonNode frame) {
                if (frame.isObject()) {
                    greeted(frame.get("data"));
                } else if (!isRefused) {
                    long next = frame.get(0).asLong();
                    for (int i = 1; i < frame.size(); i++) {
                        count(next++, frame.get(i).get("data").asInt());
                    }
                }
            }

            private void greeted(JsonNode hello) {
                session = hello.get("session").asText();
                last = hello.get("seq").asLong();
                isRefused = !claimed.isEmpty() && !hello.get("resumed").asBoolean();
                if (isRefused) {
                    refused++;
                    boolean mayBeGap = claimedSeq < acknowledged;
                    assertThat(hello.get("reason").asText()).isIn("unknown", mayBeGap ? "gap" : "unknown");
                }
            }

            private void count(long number, int data) {
                if (number > last) {
                    assertThat(number).as("no hole").isEqualTo(last + 1);
                    assertThat(data).isEqualTo(history.get((int) number - 1));
                    last = number;
                }
            }
        }

        private static JsonNode parse(String text) throws JsonProcessingException {
            return JSON.readTree(text);
        }
    }
}
