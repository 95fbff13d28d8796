// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.protocol.QuestionFailedException.Reason;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.simulation.Player;
import io.hubwire.testkit.simulation.Simulation;
import io.hubwire.testkit.simulation.SimulationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The library's own simulation: all features of a hub under all settings that make it hard. */
public final class LibrarySimulation {
    private static final int SHARED_USERS = 3;
    private static final int PLACES = 16;

    /** A stuck send and two close graces, in seconds. */
    private static final int SLOWEST_END = 14;

    private Books books = new Books(true);
    private Inspection inspection = new Inspection(books, OutboxPolicy.defaults(), PLACES);
    private boolean isUserAlone;
    private Duration kept = Duration.ZERO;
    private final Simulation simulation = Simulation.of();

    private LibrarySimulation() {}

    /** The simulation, ready to run. */
    public static Simulation simulation() {
        return new LibrarySimulation().build();
    }

    /** Runs so many seeds; returns what the first one that fails says, with its seed in it. */
    public static Optional<String> run(int seeds) {
        try {
            simulation().seeds(seeds).run();
            return Optional.empty();
        } catch (SimulationFailure failure) {
            return Optional.of(failure.getMessage());
        }
    }

    private Simulation build() {
        return actions(simulation)
                .varying(this::vary)
                .connecting(this::knock)
                .onStart(LibrarySimulation::start)
                .shuttingDown(Duration.ofSeconds(4))
                .sometimes("a question is answered", hub -> books.asked().hasAnswer())
                .sometimes("a question is refused", hub -> books.asked().hasFailed(Reason.REFUSED))
                .sometimes(
                        "a question has no answer in time", hub -> books.asked().hasFailed(Reason.TIMEOUT))
                .sometimes(
                        "a session ends with a question", hub -> books.asked().hasFailed(Reason.SESSION_OVER))
                .always("what the application is told makes sense", hub -> books.check())
                .invariant("what the application is told makes sense", hub -> books.check())
                .invariant("the application and the hub agree on who is where", hub -> books.checkPresence(hub))
                .invariant("everything is for whom it reaches", hub -> inspection.checkAddresses(hub))
                .invariant("every question has an end", hub -> books.asked().checkDue(hub.now()))
                .invariant("nobody is asked the same twice", hub -> inspection.checkQuestions(hub))
                .invariant("who has missed nothing knows its groups", hub -> inspection.checkGroups(hub))
                .invariant("who reads has room", hub -> inspection.checkRoomInOutboxes(hub))
                .afterwards("the application is told of every end", hub -> books.checkOver())
                .afterwards("who leaves makes room for others", hub -> inspection.checkRoomForOthers(hub));
    }

    private static Simulation actions(Simulation simulation) {
        return simulation
                .action("chatter", 1, (player, n) -> player.send(Probe.CHATTER, n))
                .action("passBy", 0.5, (player, n) -> passBy(player))
                .action("say", 5, (player, n) -> player.send(Probe.SAY, new Probe.Say(room(player), n)))
                .action(
                        "sayToOthers",
                        2,
                        (player, n) -> player.send(Probe.SAY_TO_OTHERS, new Probe.Say(room(player), n)))
                .action("sayInTwo", 2, (player, n) -> player.send(Probe.SAY_IN_TWO, new Probe.Say(room(player), n)))
                .action("tell", 2, (player, n) -> player.send(Probe.TELL, new Probe.Tell(user(player), n)))
                .action("dismiss", 0.3, (player, n) -> player.send(Probe.DISMISS, new Probe.Tell(user(player), n)))
                .action("shout", 2, (player, n) -> player.request(Probe.SHOUT.name(), n))
                .action("type", 1, (player, n) -> player.send(Probe.TYPE, n))
                .action("remind", 1, (player, n) -> player.send(Probe.REMIND, new Probe.Wait(n, millis(player))))
                .action("echo", 3, (player, n) -> player.request(Probe.ECHO, n))
                .action("tick", 0.3, (player, n) -> player.send(Probe.TICK, n))
                .action("urgent", 1, (player, n) -> player.request(Probe.URGENT, n))
                .action(
                        "refuseLater",
                        0.5,
                        (player, n) -> player.request(Probe.REFUSE_LATER, new Probe.Wait(n, millis(player))))
                .action("quick", 2, (player, n) -> player.request(Probe.QUICK, n))
                .action("refuse", 1, (player, n) -> player.request(Probe.REFUSE, n))
                .action("wait", 2, (player, n) -> player.request(Probe.WAIT, new Probe.Wait(n, millis(player))))
                .action("hang", 0.3, (player, n) -> player.request(Probe.HANG, n))
                .action("ask", 1.5, (player, n) -> player.send(Probe.ASK, new Probe.Wait(n, millis(player))))
                .action("riddleMe", 1, (player, n) -> player.send(Probe.RIDDLE_ME, new Probe.Wait(n, millis(player))))
                .action("solve", 1, (player, n) -> player.answer(Probe.RIDDLE, AskedQuestions::answerTo))
                .action("ping", 1, (player, n) -> player.request("ping"))
                .action("enter", 2, (player, n) -> player.join(room(player)))
                .action("leave", 1, (player, n) -> player.quit(room(player)))
                .action("knock", 0.5, (player, n) -> player.join("room-closed"))
                .action("babble", 0.5, (player, n) -> player.sendRaw("{no json"))
                .action("ramble", 0.3, (player, n) -> player.request("echo", Map.of("not", "a number")))
                .action("overdo", 0.1, (player, n) -> player.sendRaw("x".repeat(2_000)));
    }

    private static void start(Player player) {
        player.client().ifPresent(client -> client.answers(Probe.QUESTION, AskedQuestions::answerTo));
        player.request(Probe.URGENT, 0);
        player.join("room-1");
    }

    /** Somebody who is gone before the hub has looked round. */
    private static void passBy(Player player) {
        ConnectAttempt attempt = player.hub().client().user("passer-by").tryConnect();
        if (attempt.isAccepted()) {
            attempt.client().drop();
        } else {
            attempt.giveUp();
        }
    }

    private static String room(Player player) {
        return "room-" + (1 + player.random().nextInt(3));
    }

    private static String user(Player player) {
        return "u" + player.random().nextInt(SHARED_USERS + 1);
    }

    private static int millis(Player player) {
        return player.random().nextInt(4_000);
    }

    private TestClientBuilder knock(TestClientBuilder client, int number) {
        TestClientBuilder named = client.user("u" + (isUserAlone ? number : number % SHARED_USERS));
        return number % 2 == 0 ? named : named.resuming();
    }

    private HubBuilder vary(HubBuilder hub, Random random) {
        LoginPolicy login = LoginPolicy.values()[random.nextInt(LoginPolicy.values().length)];
        isUserAlone = login != LoginPolicy.ANY_NUMBER;
        Duration handlerTime = Duration.ofSeconds(oneOf(random, 1, 3));
        OutboxPolicy outbox = outbox(random);
        books = new Books(outbox.overflow() != Overflow.DISCONNECT);
        inspection = new Inspection(books, outbox, PLACES);
        return hub.install(new Probe(handlerTime, books))
                .login(login)
                .outbox(outbox)
                .limits(limits(random).handlerTime(handlerTime))
                .connections(ConnectionLimits.defaults().total(PLACES))
                .resume(resume(random))
                .heartbeat(heartbeat(random));
    }

    private ResumePolicy resume(Random random) {
        kept = Duration.ofSeconds(oneOf(random, 2, 30));
        return ResumePolicy.defaults().within(kept).atMost(oneOf(random, 1, 8, 256), oneOf(random, 1_024, 1 << 18));
    }

    private HeartbeatPolicy heartbeat(Random random) {
        int interval = oneOf(random, 1, 5, 25);
        int answer = oneOf(random, 2, 5, 10);
        simulation.lingering(Duration.ofSeconds(Math.max(interval + answer, SLOWEST_END) + kept.toSeconds() + 2L));
        return HeartbeatPolicy.pingEvery(Duration.ofSeconds(interval)).answerWithin(Duration.ofSeconds(answer));
    }

    private static OutboxPolicy outbox(Random random) {
        return OutboxPolicy.atMost(oneOf(random, 1, 3, 8, 256), oneOf(random, 1_024, 4_096, 1 << 20))
                .onOverflow(Overflow.values()[random.nextInt(Overflow.values().length)])
                .sendTimeout(Duration.ofSeconds(oneOf(random, 1, 10)))
                .closeGrace(Duration.ofMillis(oneOf(random, 300, 2_000)));
    }

    private static InboundLimits limits(Random random) {
        return InboundLimits.defaults()
                .messageBytes(1_000)
                .mailbox(oneOf(random, 1, 4, 64), oneOf(random, 1_000, 1 << 20))
                .groups(oneOf(random, 1, 2, 128))
                .malformedPerMinute(oneOf(random, 1, 10))
                .eventsPerSecond(oneOf(random, 2, 50), oneOf(random, 3, 100));
    }

    private static int oneOf(Random random, int... values) {
        return values[random.nextInt(values.length)];
    }
}
