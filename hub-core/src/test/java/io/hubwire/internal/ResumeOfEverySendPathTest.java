// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.OutboxPolicy;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.Route;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.internal.testing.Seeds;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A session that outlives its connections, whichever way its messages take to it. */
@ParameterizedClass
@EnumSource
class ResumeOfEverySendPathTest {
    private static final int RUNS = Integer.getInteger("runs", 150);
    private static final int MOST = 40;
    private static final Duration DELAY = Duration.ofMillis(500);
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final RequestType<Void, Integer> LATER = RequestType.withoutPayload("later", Integer.class);
    private static final RequestType<Integer, Integer> GUESS = RequestType.of("guess", Integer.class, Integer.class);

    /** One way in which an application sends. */
    enum Path {
        DIRECT {
            @Override
            void send(Stage stage, int number) {
                stage.client().send(NEWS, number);
            }
        },
        CLIENT {
            @Override
            void send(Stage stage, int number) {
                stage.lobby.hub().client(stage.ann.id()).send(NEWS, number);
            }
        },
        USER {
            @Override
            void send(Stage stage, int number) {
                stage.lobby.hub().user("ann").send(NEWS, number);
            }
        },
        GROUP {
            @Override
            void send(Stage stage, int number) {
                stage.lobby.hub().group("room").send(NEWS, number);
            }
        },
        BROADCAST {
            @Override
            void send(Stage stage, int number) {
                stage.lobby.hub().all().send(NEWS, number);
            }
        },
        /** The request came in time; its answer may have to wait for the next connection. */
        REPLY {
            @Override
            void prepare(Stage stage) {
                for (int i = 0; i < MOST; i++) {
                    stage.ann.send("{\"event\":\"later\",\"id\":\"c-" + i + "\"}");
                }
            }

            @Override
            void send(Stage stage, int number) {
                stage.answers.remove().complete(number);
            }
        },
        SCHEDULED {
            @Override
            void send(Stage stage, int number) {
                stage.lobby.hub().timers().after(DELAY, () -> stage.client().send(NEWS, number));
                stage.lobby.advance(DELAY);
            }
        },
        QUESTION {
            @Override
            void send(Stage stage, int number) {
                var unused = stage.client().ask(GUESS, number, Duration.ofHours(1));
            }
        };

        abstract void send(Stage stage, int number);

        /** Before anything is sent. */
        void prepare(Stage stage) {}
    }

    /** A hub in manual time, and ann, who has greeted. */
    private static final class Stage {
        private final Path path;
        private final Queue<CompletableFuture<Integer>> answers = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();
        private final Lobby lobby;
        private final ResumingPeer ann;

        Stage(Path path, UnaryOperator<HubBuilder> settings) {
            this.path = path;
            this.lobby = Lobby.with(hub -> settings.apply(hub)
                    .onConnect(client -> client.join("room"))
                    .onRequestAsync(LATER, (client, nothing) -> answer(), this::inPeace));
            this.ann = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
            path.prepare(this);
        }

        private void inPeace(Route<Void> route) {
            route.outOfBand().timeout(Duration.ofHours(1));
        }

        private CompletableFuture<Integer> answer() {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        Client client() {
            return lobby.hub().find(ann.id()).orElseThrow();
        }

        void send(int count) {
            for (int i = 0; i < count; i++) {
                sent.add(String.valueOf(sent.size() + 1));
                path.send(this, sent.size());
                lobby.settle();
            }
        }

        JsonNode lastHello() {
            return ann.hello(ann.hellos() - 1);
        }

        void claim() {
            ann.dialAgain().claim();
            assertThat(lastHello().get("resumed").asBoolean()).isTrue();
        }

        void requireComplete() {
            assertThat(ann.read().received()).isEqualTo(sent);
            assertThat(ann.last()).isEqualTo(sent.size());
        }
    }

    @Parameter
    private Path path;

    private Stage stage() {
        return new Stage(path, hub -> hub);
    }

    /** Eight are kept for who is away. */
    private Stage narrowStage() {
        return new Stage(
                path,
                hub -> hub.outbox(OutboxPolicy.atMost(4, 1 << 20))
                        .resume(ResumePolicy.defaults().atMost(4, 1 << 20)));
    }

    @Test
    void what_was_missed_comes_once_and_in_order() {
        Stage stage = stage();
        stage.send(2);
        stage.ann.read();
        stage.send(1); // in the socket's buffer when it breaks
        stage.ann.drop();
        stage.send(2);

        stage.claim();

        stage.requireComplete();
    }

    @Test
    void another_connection_takes_over_from_one_that_is_open() {
        Stage stage = stage();
        stage.send(2);
        var old = stage.ann.connection();

        stage.claim();
        stage.send(2);

        stage.requireComplete();
        assertThat(old.closes()).containsExactly(CloseReason.REPLACED);
    }

    @Test
    void it_is_claimed_again_when_the_answer_to_the_first_claim_is_lost() {
        Stage stage = stage();
        stage.send(1);
        ResumingPeer.to(stage.lobby.hub(), stage.lobby.runtime(), "ann")
                .claim(stage.ann.session(), stage.ann.last())
                .drop();
        stage.send(2);

        stage.claim();

        stage.requireComplete();
    }

    @Test
    void who_has_missed_more_than_is_kept_is_told_so() {
        Stage stage = narrowStage();
        stage.send(1);
        stage.ann.read().drop();
        stage.send(9);

        stage.ann.dialAgain().claim();

        assertThat(stage.lastHello().get("resumed").asBoolean()).isFalse();
        assertThat(stage.lastHello().get("reason").asText()).isEqualTo("gap");
    }

    @Test
    void who_has_missed_as_much_as_is_kept_has_missed_nothing() {
        Stage stage = narrowStage();
        stage.send(1);
        stage.ann.read().drop();
        stage.send(7);

        stage.claim();

        stage.requireComplete();
    }

    @Test
    void nothing_is_lost_doubled_or_reordered_whatever_happens() {
        Seeds.each(RUNS, seed -> play(stage(), new Random(seed)));
    }

    private static void play(Stage stage, Random random) {
        while (stage.sent.size() < MOST - 5) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> stage.send(1 + random.nextInt(3));
                case 3 -> stage.ann.read();
                case 4 -> stage.ann.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + stage.ann.last() + "}}");
                case 5 -> stage.claim();
                default -> {
                    stage.ann.drop();
                    stage.send(random.nextInt(3));
                    stage.lobby.advance(Duration.ofSeconds(random.nextInt(5)));
                    stage.claim();
                }
            }
        }
        stage.requireComplete();
    }
}
