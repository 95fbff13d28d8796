// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.LoginPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.RandomPast;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.internal.testing.Seeds;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody is told that a session goes on which does not: for each cause, claims after many random pasts. And nobody is refused who may go
 * on: every claim within those pasts, and as many at their ends.
 *
 * <p>{@code -Druns=1000} is the full count.
 */
class FalseResumeTest {
    private static final int RUNS = Integer.getInteger("runs", 300);
    private static final int STEPS = 8;
    private static final String LETTERS = "ABCXYZabcxyz0189-_";
    private static final String LARGE = "x".repeat(400_000);
    private static final EventType<String> BULK = EventType.of("bulk", String.class);

    /** Why a session cannot be claimed, and what the client is told. */
    enum Cause {
        NO_SUCH_CLIENT("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                String secret = past.ann().session();
                return comeBack(past, "x" + secret.substring(1 + past.random().nextInt(20)));
            }
        },
        WRONG_SECRET("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                return comeBack(past, misspelt(past.ann().session(), past.random()));
            }
        },
        SECRET_OF_ANOTHER_SESSION("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                ResumingPeer bob = peer(past, "bob").hello();
                String bobs = bob.session();
                String mine = past.ann().session();
                return comeBack(past, mine.substring(0, mine.indexOf('.')) + bobs.substring(bobs.indexOf('.')));
            }
        },
        ANOTHER_USER("identity") {
            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                ResumingPeer eve = past.random().nextBoolean()
                        ? peer(past, "eve")
                        : ResumingPeer.anonymous(
                                past.lobby().hub(), past.lobby().runtime());
                return eve.claim(past.ann().session(), past.ann().last());
            }
        },
        STOLEN("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                ANOTHER_USER.claim(past);
                return comeBack(past, past.ann().session());
            }
        },
        TOO_LATE("expired") {
            @Override
            ResumingPeer claim(RandomPast past) {
                past.ann().drop();
                past.lobby().advance(Duration.ofMillis(120_101 + past.random().nextInt(100_000)));
                return comeBack(past, past.ann().session());
            }
        },
        NEVER_SENT("gap") {
            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                long beyond = past.ann().last() + 1 + past.random().nextInt(1_000);
                return past.ann().dialAgain().claim(past.ann().session(), beyond);
            }
        },
        ACKNOWLEDGED("gap") {
            @Override
            ResumingPeer claim(RandomPast past) {
                past.news();
                long last = past.ann().read().last();
                past.ann().send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + last + "}}");
                return past.ann()
                        .dialAgain()
                        .claim(past.ann().session(), past.random().nextInt((int) last));
            }
        },
        FURTHER_BACK_THAN_THE_WINDOW("gap") {
            @Override
            HubBuilder settings(HubBuilder hub, int seed) {
                return hub.resume(ResumePolicy.defaults().atMost(32, 1 << 20));
            }

            @Override
            ResumingPeer claim(RandomPast past) {
                long before = past.ann().last();
                for (int i = 0; i < 33 + past.random().nextInt(9); i++) {
                    past.news();
                }
                past.ann().read().drop();
                return past.ann()
                        .dialAgain()
                        .claim(past.ann().session(), past.random().nextInt((int) before + 1));
            }
        },
        TOO_MUCH_MISSED("gap") {
            @Override
            HubBuilder settings(HubBuilder hub, int seed) {
                return hub.resume(ResumePolicy.defaults().atMost(32, 1 << 20))
                        .outbox(OutboxPolicy.atMost(32, 1 << 20)
                                .onOverflow(Overflow.values()[seed % Overflow.values().length]));
            }

            @Override
            ResumingPeer claim(RandomPast past) {
                past.ann().drop();
                for (int i = 0; i < 65 + past.random().nextInt(30); i++) {
                    past.lobby().hub().user("ann").send(BULK, "");
                }
                return comeBack(past, past.ann().session());
            }
        },
        EVICTED("evicted") {
            @Override
            HubBuilder settings(HubBuilder hub, int seed) {
                return hub.resume(ResumePolicy.defaults().atMost(1_000, 1 << 24).hubBytes(1 << 20))
                        .outbox(OutboxPolicy.atMost(1_000, 1 << 24));
            }

            @Override
            ResumingPeer claim(RandomPast past) {
                past.ann().drop();
                int devices = 3 + past.random().nextInt(3);
                for (int i = 0; i < devices; i++) {
                    peer(past, "bob").hello();
                }
                past.lobby().hub().user("bob").send(BULK, LARGE);
                past.lobby().advance(Duration.ofMillis(100));
                return comeBack(past, past.ann().session());
            }
        },
        KICKED("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                past.client().kick(CloseReason.KICKED);
                maybeSettle(past);
                return comeBack(past, past.ann().session());
            }
        },
        REVOKED("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                past.lobby().hub().revokeUser("ann");
                past.lobby().advance(Duration.ofMillis(1)); // who asks in the same moment is refused
                return comeBack(past, past.ann().session());
            }
        },
        CLOSED_BY_THE_APPLICATION("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                past.client()
                        .close(CloseReason.ofApplication(4500 + past.random().nextInt(500), "enough"));
                maybeSettle(past);
                return comeBack(past, past.ann().session());
            }
        },
        LEFT("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                past.ann().handler().onClosed(CloseReason.NORMAL);
                maybeSettle(past);
                return comeBack(past, past.ann().session());
            }
        },
        BROKE_THE_PROTOCOL("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                past.ann().hello();
                return comeBack(past, past.ann().session());
            }
        },
        REPLACED("unknown") {
            @Override
            HubBuilder settings(HubBuilder hub, int seed) {
                return hub.login(LoginPolicy.NEWEST_ONLY);
            }

            @Override
            ResumingPeer claim(RandomPast past) {
                maybeDrop(past);
                peer(past, "ann").hello();
                return comeBack(past, past.ann().session());
            }
        },
        SECRET_USED_BEFORE("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                String used = past.ann().session();
                past.ann().drop().dialAgain().claim();
                past.ann().send("{\"event\":\"hub/ping\"}");
                maybeDrop(past);
                return comeBack(past, used);
            }
        },
        SECRET_USED_BEFORE_AND_LONG_AGO("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                String used = past.ann().session();
                past.ann().drop().dialAgain().claim();
                past.lobby().advance(Duration.ofMillis(10_000 + past.random().nextInt(5_000)));
                return comeBack(past, used);
            }
        },
        ANOTHER_HUB("unknown") {
            @Override
            ResumingPeer claim(RandomPast past) {
                Lobby restarted = Lobby.with(hub -> hub);
                restarted.runtime().random().nextLong(); // or its secrets would be the same
                ResumingPeer.to(restarted.hub(), restarted.runtime(), "ann").hello();
                return ResumingPeer.to(restarted.hub(), restarted.runtime(), "ann")
                        .claim(past.ann().session(), past.ann().last());
            }
        },
        NO_RESUME("disabled") {
            @Override
            ResumingPeer claim(RandomPast past) {
                RandomPast without = RandomPast.of(past.random(), hub -> hub.resume(ResumePolicy.disabled()));
                boolean isItsOwn = past.random().nextBoolean();
                return comeBack(without, (isItsOwn ? without : past).ann().session());
            }
        };

        private final String reason;

        Cause(String reason) {
            this.reason = reason;
        }

        HubBuilder settings(HubBuilder hub, int seed) {
            return hub;
        }

        /** Who has claimed what cannot be claimed. */
        abstract ResumingPeer claim(RandomPast past);

        private void run(int seed) {
            RandomPast played =
                    RandomPast.of(new Random(seed), hub -> settings(hub, seed)).play(STEPS);
            String id = played.ann().id();

            ResumingPeer claimant = claim(played);

            JsonNode hello = claimant.hello(claimant.hellos() - 1);
            assertThat(hello.get("resumed").asBoolean()).isFalse();
            assertThat(hello.get("reason").asText()).isEqualTo(reason);
            assertThat(hello.get("seq").asLong()).isZero();
            assertThat(hello.get("client").asText()).isNotEqualTo(id);
        }

        static ResumingPeer peer(RandomPast past, String user) {
            return ResumingPeer.to(past.lobby().hub(), past.lobby().runtime(), user);
        }

        static ResumingPeer comeBack(RandomPast past, String session) {
            return peer(past, "ann").claim(session, past.ann().last());
        }

        static void maybeDrop(RandomPast past) {
            if (past.random().nextBoolean()) {
                past.ann().drop();
            }
        }

        static void maybeSettle(RandomPast past) {
            if (past.random().nextBoolean()) {
                past.lobby().settle();
            }
        }

        static String misspelt(String session, Random random) {
            int start = session.indexOf('.') + 1;
            int at = start + random.nextInt(session.length() - start);
            char other = LETTERS.charAt(random.nextInt(LETTERS.length()));
            return switch (random.nextInt(4)) {
                case 0 -> session.substring(0, at);
                case 1 -> session + other;
                case 2 -> session.substring(0, at) + session.substring(at + 1);
                default ->
                    session.substring(0, at) + (session.charAt(at) == other ? '*' : other) + session.substring(at + 1);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_claimed_is_not_resumed_and_the_client_is_told_why(Cause cause) {
        Seeds.each(RUNS, cause::run);
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void what_can_be_claimed_is_resumed_without_a_hole(Overflow overflow) {
        Seeds.each(RUNS, seed -> {
            RandomPast past = RandomPast.of(
                            new Random(seed),
                            hub -> hub.outbox(OutboxPolicy.defaults().onOverflow(overflow)))
                    .play(STEPS);
            ResumingPeer ann = past.ann().drop();
            past.news();
            past.lobby().advance(Duration.ofMillis(past.random().nextInt(119_900)));

            ann.dialAgain().claim();

            past.requireResumed();
            past.requireComplete();
        });
    }
}
