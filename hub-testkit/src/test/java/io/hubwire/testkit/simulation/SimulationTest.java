// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final EventType<String> SAID = EventType.of("said", String.class);

    /** A room in which everybody hears what is said. */
    private static HubBuilder chat(HubBuilder hub) {
        return hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                .on(
                        "say",
                        String.class,
                        (client, text) -> client.hub().group("lobby").send(SAID, text));
    }

    private static Simulation chatting() {
        return Simulation.of(SimulationTest::chat)
                .onStart(player -> player.join("lobby"))
                .action("say", 5, (player, n) -> player.send("say", "n" + n));
    }

    @Test
    void a_sound_application_passes() {
        AtomicInteger runs = new AtomicInteger();

        chatting()
                .clients(4)
                .steps(60)
                .seeds(30)
                .invariant("nobody is left behind", hub -> {
                    runs.incrementAndGet();
                    assertThat(hub).hasClients(4);
                    assertThat(hub.hub().group("lobby").size()).isEqualTo(4);
                })
                .sometimes("drop with frames in the socket buffer")
                .sometimes("a stalled client reads again")
                .sometimes("the lobby is empty", hub -> hub.hub().group("lobby").size() == 0)
                .run();

        assertThat(runs).as("30 seeds, three of them twice").hasValue(33);
    }

    @Test
    void a_failure_is_made_short_and_says_how_to_see_it_again() {
        Simulation simulation = chatting()
                .onStart(player -> {})
                .without("vanish", "kick")
                .always("nobody says anything after a drop", hub -> {
                    boolean isDropped = hub.clients().stream().anyMatch(client -> !client.isConnected());
                    boolean isSaid = hub.transcript().contains("-> say");
                    assertThat(isDropped && isSaid).isFalse();
                });

        SimulationFailure failure = failureOf(simulation);

        String seed = "0x" + Long.toHexString(failure.seed());
        assertThat(failure)
                .hasMessageStartingWith("simulation failed: seed " + seed + ", 60 actions, shrunk to 2 in ")
                .hasMessageContaining(" runs\nreplay with -Dhubwire.simulation.seed=" + seed
                        + "\n\ninvariant 'nobody says anything after a drop' broken\n");
        assertThat(failure.getMessage()).containsPattern("The same as a test \\(schedule 0x[0-9a-f]+\\):\n");
        assertThat(failure.getMessage().lines().filter(line -> line.endsWith(");")))
                .hasSize(2);
    }

    @Test
    void the_same_seed_fails_in_the_same_way() {
        assertThat(failureOf(forgetful()).getMessage())
                .isEqualTo(failureOf(forgetful()).getMessage());
    }

    @Test
    void a_failure_names_what_its_settings_were_drawn_from() {
        List<Long> drawn = new ArrayList<>();

        SimulationFailure failure = failureOf(forgetful().varying((hub, random) -> {
            drawn.add(random.nextLong());
            return hub;
        }));

        Matcher named = Pattern.compile("varying\\(hub, new Random\\(0x([0-9a-f]+)L\\)\\);\n")
                .matcher(failure.getMessage());
        assertThat(named.find()).isTrue();
        assertThat(new Random(Long.parseUnsignedLong(named.group(1), 16)).nextLong())
                .isEqualTo(drawn.get(drawn.size() - 1));
    }

    /** Who comes back is taken for a stranger. */
    private static Simulation forgetful() {
        Set<Client> greeted = new HashSet<>();
        return Simulation.of(hub -> {
                    greeted.clear();
                    return chat(hub).onConnect(greeted::add);
                })
                .action("say", 5, (player, n) -> player.send("say", "n" + n))
                .invariant(
                        "nobody is greeted twice",
                        hub -> assertThat(greeted).hasSize(hub.hub().all().size()));
    }

    @Test
    void two_different_runs_of_one_seed_are_reported() {
        Simulation simulation = Simulation.of(hub ->
                        hub.on("say", String.class, (client, text) -> client.send(SAID, "" + UUID.randomUUID())))
                .action("say", 5, (player, n) -> player.send("say", "n" + n))
                .seeds(50);

        SimulationFailure failure = failureOf(simulation);

        assertThat(failure.seed() % 10).as("every tenth runs twice").isZero();
        assertThat(failure.getMessage())
                .matches(
                        "seed 0x[0-9a-f]+ gave two different runs: hidden non-determinism, first difference at line \\d+: "
                                + "….*\"said\",\"data\":\"\\S+… / ….*\"said\",\"data\":\"\\S+…");
    }

    @Test
    void what_never_happened_proves_nothing() {
        Simulation simulation = chatting().without("stopReading").seeds(3).sometimes("a stalled client reads again");

        assertThat(failureOf(simulation))
                .hasMessage("never happened in 3 seeds: 'a stalled client reads again' - the simulation is too tame to"
                        + " prove anything about it");
    }

    @Test
    void a_player_may_say_that_something_has_happened() {
        chatting()
                .action("dance", 5, (player, n) -> player.happened("somebody dances"))
                .seeds(3)
                .sometimes("somebody dances")
                .run();
    }

    @Test
    void a_handler_that_breaks_fails_the_simulation() {
        Simulation simulation = Simulation.of(hub -> hub.on("say", String.class, (client, text) -> {
                    throw new IllegalStateException("database is down");
                }))
                .action("say", 5, (player, n) -> player.send("say", "n" + n));

        assertThat(failureOf(simulation))
                .hasMessageContaining("invariant 'no handler breaks' broken\n"
                        + "  handler of 'say' threw java.lang.IllegalStateException: database is down\n")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_action_that_breaks_fails_the_simulation() {
        Simulation simulation = Simulation.of().action("stumble", 5, (player, n) -> {
            throw new IllegalStateException("no feet");
        });

        assertThat(failureOf(simulation))
                .hasMessageContaining(
                        "invariant 'nothing breaks' broken\n  java.lang.IllegalStateException: no feet\n");
    }

    @Test
    void who_cannot_come_back_fails_the_simulation() {
        AtomicInteger connected = new AtomicInteger();
        Simulation simulation = Simulation.of(hub -> {
            connected.set(0);
            return hub.onConnect(client -> {
                if (connected.incrementAndGet() > 4) {
                    client.kick(CloseReason.KICKED);
                }
            });
        });

        assertThat(failureOf(simulation)).hasMessageContaining("invariant 'everybody can come back' broken\n");
    }

    @Test
    void wrong_settings_are_refused_with_their_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.of().seeds(0))
                .withMessage("0 seeds are too few");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.of().action("drop", 1, (player, n) -> {}))
                .withMessage("there is an action 'drop' already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.of().without("dropp"))
                .withMessageStartingWith("there is no action 'dropp': [drop, ");
    }

    @Test
    void a_failure_reads_like_this() {
        Simulation dropping = forgetful()
                .clients(1)
                .without("stopReading", "resumeReading", "vanish", "ignorePings", "failNextSend", "close", "kick")
                .without("latency", "reconnect", "advance");

        String message = failureOf(dropping).getMessage();

        assertThat(message.replaceAll("seed(=| )0x[0-9a-f]+", "seed$10x2")
                        .replaceAll("in \\d+ runs", "in 79 runs")
                        .replaceAll("schedule 0x[0-9a-f]+", "schedule 0x40")
                        .replaceAll("client \\S{22} of", "client ‹id› of"))
                .isEqualTo("""
                simulation failed: seed 0x2, 60 actions, shrunk to 1 in 79 runs
                replay with -Dhubwire.simulation.seed=0x2

                invariant 'nobody is greeted twice' broken
                  Expected size: 1 but was: 2 in:
                  [client ‹id› of user p0,
                      client ‹id› of user p0]

                Transcript of the whole hub (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; virtual time from 2030-01-01T00:00:00Z):
                    +0.000s  p0 -- connected
                    +0.000s  p0 -- dropped the connection (no close frame)
                    +0.000s  p0 ## ended the session: 1006 connection lost
                    +0.000s  p0 -- closed with 1006 connection lost
                    +0.000s  p0-2 -- connected

                The same as a test (schedule 0x40):
                    p0.drop();""");
    }

    private static SimulationFailure failureOf(Simulation simulation) {
        SimulationFailure failure = catchThrowableOfType(SimulationFailure.class, simulation::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
