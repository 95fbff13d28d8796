// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Many random runs of an application's hub, each given by a number, its seed: clients act, drop, stall, vanish and come
 * back while the hub is still at work, on virtual time.
 *
 * <p>Without a line of the application's own, each run is held against what every hub promises: what is pushed to a
 * client is received once and in order, every request is answered once, every session ends once, whoever is connected is
 * online, and nothing is left when everybody has left. A player whose client is {@linkplain TestClientBuilder#resuming
 * resuming} goes on with its session: what was pushed to that arrives once and in order over all its connections, or the
 * client is told. The first run that breaks a promise is made as short as it can be
 * and shown. Every tenth seed runs twice, and both runs must be the same.
 *
 * <p>System properties: {@code hubwire.simulation.seed} runs one seed, {@code hubwire.simulation.seeds} another number of
 * them, {@code hubwire.simulation.first} begins with another than 1. Seeds in the resource
 * {@code hubwire-simulation.seeds}, one a line, run first. For one thread.
 */
public final class Simulation {
    private static final int TWICE = 10;
    private static final int MOST_SHRINKING_RUNS = 600;

    private final Setup setup;
    private int steps = 60;
    private int seeds = 100;
    private int shrinkingRuns = MOST_SHRINKING_RUNS;

    private Simulation(UnaryOperator<HubBuilder> application) {
        this.setup = new Setup(application);
    }

    /** Of these features and every setting's default. They are installed anew for every run: state in them is shared. */
    @SuppressWarnings("overloads") // a lambda that returns its builder is a wiring, any other is a module
    public static Simulation of(HubModule... modules) {
        return of(builder -> builder.install(modules));
    }

    /** Of a hub as the application wires it. Called for every run: what must not be shared by runs is made in there. */
    @SuppressWarnings("overloads")
    public static Simulation of(UnaryOperator<HubBuilder> application) {
        return new Simulation(application);
    }

    /**
     * Varies the hub's settings from seed to seed: small limits here, large ones there. What shows a failure names the random numbers
     * that this is to be given for the same settings.
     */
    public Simulation varying(BiFunction<HubBuilder, Random, HubBuilder> variation) {
        setup.variation = variation;
        setup.isVaried = true;
        return this;
    }

    /** How many clients play; default 4. */
    public Simulation clients(int count) {
        setup.players = positive("clients", count);
        return this;
    }

    /** How many actions a run has; default 60. */
    public Simulation steps(int count) {
        steps = positive("steps", count);
        return this;
    }

    /** How many runs there are; default 100. */
    public Simulation seeds(int count) {
        seeds = positive("seeds", count);
        return this;
    }

    /** What a player's handshake carries, by its number; default: it is the user of its own name. */
    public Simulation connecting(BiFunction<TestClientBuilder, Integer, TestClientBuilder> handshake) {
        setup.door = handshake;
        return this;
    }

    /** What a player does first in each of its sessions, also after it came back. */
    public Simulation onStart(Consumer<Player> action) {
        setup.onStart = action;
        return this;
    }

    /**
     * Something that clients of the application do.
     *
     * @param weight how often, compared with others; a drop has 1.5
     * @throws IllegalArgumentException if there is an action of this name
     */
    public Simulation action(String name, double weight, PlayerAction action) {
        Kind kind = new Kind(name, weight, Kind.Sort.APPLICATION, action);
        if (setup.kinds.putIfAbsent(name, kind) != null) {
            throw new IllegalArgumentException("there is an action '" + name + "' already");
        }
        return this;
    }

    /**
     * Leaves out actions that every simulation has: {@code drop}, {@code stopReading}, {@code resumeReading}, {@code
     * vanish}, {@code ignorePings}, {@code failNextSend}, {@code close}, {@code kick}, {@code latency}, {@code reconnect},
     * {@code keepSilent}, {@code forget}, {@code advance}.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Simulation without(String... names) {
        for (String name : names) {
            if (setup.kinds.remove(name) == null) {
                throw new IllegalArgumentException("there is no action '" + name + "': " + setup.kinds.keySet());
            }
        }
        return this;
    }

    /** What must hold when everybody is back, reads, and the hub is quiet: a throw says that it does not. */
    public Simulation invariant(String name, Consumer<TestHub> check) {
        setup.invariants.put(name, check);
        return this;
    }

    /** What must hold after every action, while the hub is still at work. */
    public Simulation always(String name, Consumer<TestHub> check) {
        setup.always.put(name, check);
        return this;
    }

    /** What must hold when everybody has left and everything is over. */
    public Simulation afterwards(String name, Consumer<TestHub> check) {
        setup.afterwards.put(name, check);
        return this;
    }

    /**
     * What must happen in at least one run, or the simulation proves nothing about it. A player says so, or it is one of:
     * "drop with frames in the socket buffer", "a stalled client reads again", "a client is back before the hub has
     * noticed that it was gone", "a session is resumed", "a session is claimed again before the first claim is answered", "a
     * session is claimed from behind what is kept", "an outbox has dropped a message", "a silent client was given up", "a slow client was
     * cut", "a client was kicked while messages waited for it".
     */
    public Simulation sometimes(String mark) {
        setup.marks.require(mark);
        return this;
    }

    /** What must hold after at least one action of one run. */
    public Simulation sometimes(String mark, Predicate<TestHub> occasion) {
        setup.occasions.put(mark, occasion);
        return sometimes(mark);
    }

    /**
     * Lets every fourth run end by a shutdown of the hub while it is at work, instead of by everybody's leaving; {@link
     * #afterwards} then meets a hub that refuses to be connected to.
     */
    public Simulation shuttingDown(Duration grace) {
        setup.shutdownGrace = Optional.of(grace);
        return this;
    }

    /** How long it may take until a silent client is given up and everything of a session is over; default a minute. */
    public Simulation lingering(Duration longest) {
        setup.lingering = longest;
        return this;
    }

    /** How many runs may go into making a failure shorter; default {@value #MOST_SHRINKING_RUNS}. */
    public Simulation shrinkingRuns(int most) {
        shrinkingRuns = most;
        return this;
    }

    /**
     * Runs all seeds.
     *
     * @throws SimulationFailure if a promise is broken, a run is not the same twice, or something never happened
     */
    public void run() {
        Seeds asked = Seeds.asked();
        Set<Long> chosen = asked.chosen(seeds);
        for (long seed : chosen) {
            run(seed);
        }
        if (!asked.isReplay() && !setup.marks.missing().isEmpty()) {
            throw Report.tame(chosen.size(), setup.marks.missing());
        }
    }

    private void run(long seed) {
        boolean isTwice = seed % TWICE == 0;
        Plan plan = Plan.draw(seed, setup.kinds.values().stream().toList(), setup.players, steps);
        try (Run run = new Run(setup, plan, isTwice)) {
            Optional<Broken> broken = run.play();
            if (isTwice) {
                requireSame(plan, run);
            }
            if (broken.isPresent()) {
                throw failure(plan, run.played(), broken.get());
            }
        }
    }

    private void requireSame(Plan plan, Run first) {
        try (Run second = new Run(setup, plan, true)) {
            var unused = second.play();
            if (!first.trace().equals(second.trace())) {
                throw Report.different(plan.seed(), first.trace(), second.trace());
            }
        }
    }

    private SimulationFailure failure(Plan plan, int played, Broken broken) {
        Shrinker shrinker = new Shrinker(setup, plan, broken, shrinkingRuns);
        Plan shrunk = shrinker.shrink(played);
        return Report.broken(setup, plan, shrunk, shrinker.runs(), broken);
    }

    private static int positive(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " " + what + " are too few");
        }
        return count;
    }
}
