// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.Hub.ShutdownReport;
import io.hubwire.testkit.HubAssertions;
import io.hubwire.testkit.Interleaving;
import io.hubwire.testkit.SendCompletion;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One plan played against one hub: safety after every action, then everything heals, then everybody leaves. */
final class Run implements AutoCloseable {
    private static final int[] SOCKET_BUFFERS = {64, 300, 2_000, TestClientBuilder.DEFAULT_SOCKET_BUFFER};

    private static final int[] TASKS_BETWEEN = {2, 5, 12, 30};
    private static final int[] ONE_WAITS_OF = {4, 20, 200};
    /** The application's own, and what the hub looks through once in a while. */
    private static final Set<String> MAY_GO_ON = Set.of("application timer", "credential expiry", "old ids");

    private static final int MOST_ROUNDS = 5;
    private static final int SHUTDOWNS = 4;
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final Setup setup;
    private final Plan plan;
    private final Trace trace;
    private final Interleaving interleaving;
    private final HubModel model;
    private final TestHub hub;
    private final int socketBuffer;
    private final int mostTasks;
    private final int oneWaitsOf;
    private final List<Player> players;
    private int played;

    Run(Setup setup, Plan plan, boolean isTraced) {
        this.setup = setup;
        this.plan = plan;
        this.trace = new Trace(isTraced);
        this.model = new HubModel(setup.marks, trace);
        this.interleaving = Interleaving.seeded(Scramble.of(plan.schedule()));
        Random random = new Random(plan.settings());
        this.hub = TestHub.interleaved(
                interleaving,
                builder -> setup.variation
                        .apply(setup.application.apply(builder.codec(setup.codec)), random)
                        .observer(model));
        this.socketBuffer = SOCKET_BUFFERS[random.nextInt(SOCKET_BUFFERS.length)];
        this.mostTasks = TASKS_BETWEEN[random.nextInt(TASKS_BETWEEN.length)];
        this.oneWaitsOf = ONE_WAITS_OF[random.nextInt(ONE_WAITS_OF.length)];
        SendCompletion[] completions = SendCompletion.values();
        hub.sendCompletion(completions[random.nextInt(completions.length)]);
        this.players = new ArrayList<>();
        IntStream.range(0, setup.players).forEach(number -> players.add(newPlayer(number)));
    }

    /** How it ended; a run ends with the first promise that is broken. */
    Optional<Broken> play() {
        try {
            start();
            for (Step step : plan.steps()) {
                played++;
                play(step);
            }
            heal();
            leave();
            return Optional.empty();
        } catch (BrokenException e) {
            return Optional.of(e.broken());
        } catch (Exception | AssertionError e) {
            return Optional.of(
                    Broken.of(BuiltIn.NOTHING_BREAKS, "", firstParagraph(e)).causedBy(e));
        }
    }

    /** How many actions it took to break it. */
    int played() {
        return played;
    }

    List<String> trace() {
        return trace.lines();
    }

    String transcript(Broken broken) {
        return broken.client()
                .flatMap(name -> hub.clients().stream()
                        .filter(client -> client.name().equals(name))
                        .findFirst())
                .map(client -> client.transcript())
                .orElseGet(hub::transcript);
    }

    @Override
    public void close() {
        interleaving.calm();
        try {
            hub.close();
        } catch (IllegalStateException e) {
            trace.add("the hub does not end:", e);
        }
    }

    private Player newPlayer(int number) {
        return new Player(hub, model, setup, trace, number, () -> door(number));
    }

    private TestClientBuilder door(int number) {
        TestClientBuilder client = hub.client().named("p" + number).socketBuffer(socketBuffer);
        return setup.door.apply(client, number);
    }

    private void start() {
        for (Player player : players) {
            player.draw(Scramble.of(plan.seed(), player.number()));
            comeBack(player, "at first");
        }
        hub.settle();
        check();
    }

    private void play(Step step) throws Exception {
        trace.add("step", played, step.asCode());
        long seed = Scramble.of(step.seed(), plan.schedule());
        interleaving.reseed(seed);
        interleaving.hurry(mostTasks, oneWaitsOf);
        Player player = players.get(step.player());
        player.draw(step.seed());
        if (step.kind().sort() != Kind.Sort.APPLICATION || player.isConnected()) {
            step.kind().action().play(player, step.number());
        }
        hub.settle();
        check();
        setup.always.forEach((name, invariant) -> judge(name, invariant));
    }

    private void check() {
        players.forEach(Player::arrive);
        players.forEach(Player::check);
        model.broken().ifPresent(broken -> {
            throw new BrokenException(broken);
        });
        setup.occasions.forEach((mark, occasion) -> {
            if (!setup.marks.hasHappened(mark) && occasion.test(hub)) {
                setup.marks.happened(mark);
            }
        });
    }

    /** Everybody reads and comes back; who is silent is given up; then everybody has everything. */
    private void heal() {
        trace.add("heal");
        interleaving.calm();
        hub.settle();
        check();
        players.forEach(Player::comeBack);
        hub.advance(setup.lingering);
        check();
        comeBackTogether();
        if (players.stream().anyMatch(Player::isResuming)) {
            hub.advance(setup.lingering); // sessions that were given up are kept for a while
        }
        check();
        players.forEach(player -> player.checkComplete("after healing"));
        checkOnline();
        setup.invariants.forEach(this::judge);
    }

    /** Who comes back may be another one's end, as where the application's outboxes are small. */
    private void comeBackTogether() {
        int rounds = 0;
        do {
            players.forEach(player -> comeBack(player, "after healing"));
            hub.settle();
        } while (++rounds < MOST_ROUNDS && !players.stream().allMatch(Player::isConnected));
    }

    private void comeBack(Player player, String when) {
        OptionalInt refused = player.comeBack();
        if (refused.isPresent() || !player.isConnected()) {
            String why = refused.isPresent() ? "is refused with " + refused.getAsInt() : "is not connected";
            throw new BrokenException(Broken.of(BuiltIn.RETURN, "", when + ", " + player.name() + " " + why)
                    .seenBy(player.name()));
        }
        hub.settle();
    }

    private void checkOnline() {
        Set<String> expected = new TreeSet<>();
        players.forEach(player -> player.session().map(SessionRecord::id).ifPresent(expected::add));
        Set<String> found = new TreeSet<>();
        hub.hub().all().clients().forEach(client -> found.add(client.id()));
        Set<String> listed = new TreeSet<>();
        hub.hub().online().devices().list().forEach(device -> listed.add(device.clientId()));
        if (!expected.equals(found) || !expected.equals(model.live()) || !expected.equals(listed)) {
            throw new BrokenException(Broken.of(
                    BuiltIn.ONLINE,
                    "",
                    "after healing, the sessions should be " + expected + ", and the hub has " + found + ", lists "
                            + listed + ", and has told of " + model.live()));
        }
    }

    private void leave() {
        trace.add("leave");
        boolean endsByShutdown = setup.shutdownGrace.isPresent() && plan.seed() % SHUTDOWNS == 0;
        if (endsByShutdown) {
            shutDown(setup.shutdownGrace.get());
        } else {
            players.forEach(player -> leave(player, (plan.seed() + player.number()) % 2 == 0));
        }
        hub.advance(setup.lingering);
        check();
        if (!model.live().isEmpty()) {
            throw new BrokenException(
                    Broken.of(BuiltIn.SESSIONS, "never ended", "the hub has not told of the end of " + model.live()));
        }
        judge(BuiltIn.LEFTOVERS, all -> HubAssertions.assertThat(all).hasNoLeftovers());
        judge(BuiltIn.LEFTOVERS, Run::requireNoTimers);
        setup.afterwards.forEach(this::judge);
    }

    /** While some do not read, and everybody has just asked for something. */
    private void shutDown(Duration grace) {
        interleaving.hurry(mostTasks, oneWaitsOf);
        players.stream().skip(players.size() / 2).forEach(Player::stopReading);
        players.forEach(setup.onStart);
        CompletableFuture<ShutdownReport> report = hub.hub().shutdown(grace).toCompletableFuture();
        interleaving.calm();
        hub.advance(grace.plus(A_MOMENT));
        check();
        if (!report.isDone()) {
            throw new BrokenException(Broken.of(
                    BuiltIn.SESSIONS, "no end", "a shutdown with a grace of " + grace + " is not over in time"));
        }
    }

    private static void leave(Player player, boolean withGoodbye) {
        if (withGoodbye) {
            player.close();
        } else {
            player.drop();
        }
    }

    private static void requireNoTimers(TestHub hub) {
        List<String> timers = hub.time().pendingTimers().stream()
                .filter(timer -> !MAY_GO_ON.contains(timer.label()))
                .map(Object::toString)
                .toList();
        if (!timers.isEmpty()) {
            throw new AssertionError("there is the timer " + String.join(", ", timers));
        }
    }

    private void judge(String name, Consumer<TestHub> invariant) {
        try {
            invariant.accept(hub);
        } catch (RuntimeException | AssertionError e) {
            throw new BrokenException(Broken.of(name, "", firstParagraph(e)).causedBy(e));
        }
    }

    private static String firstParagraph(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        int end = message.indexOf("\n\n");
        String shown = (end < 0 ? message : message.substring(0, end)).replace("\n", "\n  ");
        return failure instanceof AssertionError ? shown : failure.getClass().getName() + ": " + shown;
    }
}
