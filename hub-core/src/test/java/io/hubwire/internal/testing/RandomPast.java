// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A hub in manual time and one user of it, ann, with a past that a seed decides: messages both ways, acknowledgements, cuts, connections
 * that take over from one that is still open, answers to a hello that are lost. Every claim in it is legal, and succeeds. For one thread.
 */
public final class RandomPast {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final EventType<Integer> TYPING =
            EventType.of("typing", Integer.class).ephemeral();

    private final Random random;
    private final Lobby lobby;
    private final ResumingPeer ann;
    private final List<String> counted = new ArrayList<>();

    private RandomPast(Random random, UnaryOperator<HubBuilder> settings) {
        this.random = random;
        this.lobby = Lobby.with(hub -> settings.apply(hub)
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                .onRequest("echo", Integer.class, (client, number) -> number));
        this.ann = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    }

    /** In a hub with these settings; ann has greeted. */
    public static RandomPast of(Random random, UnaryOperator<HubBuilder> settings) {
        return new RandomPast(random, settings);
    }

    /** Lets so many things happen; ann is connected afterwards, and has everything. */
    public RandomPast play(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        requireComplete();
        return this;
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> news();
            case 3 -> typing();
            case 4 -> echo();
            case 5 -> ann.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + ann.last() + "}}");
            case 6 -> ann.send("{\"event\":\"hub/ping\",\"data\":{\"seq\":" + ann.last() + "}}");
            case 7 -> lobby.advance(Duration.ofMillis(random.nextInt(3_000)));
            case 8, 9 -> cut();
            case 10 -> takeOver();
            default -> loseTheAnswer();
        }
    }

    /** One counted message to ann, which she has not read. */
    public void news() {
        int number = counted.size() + 1;
        lobby.hub().user("ann").send(NEWS, number);
        counted.add(String.valueOf(number));
        lobby.settle();
        if (random.nextBoolean()) {
            ann.read();
        }
    }

    private void typing() {
        lobby.hub().user("ann").send(TYPING, -1);
        lobby.settle();
    }

    private void echo() {
        int number = counted.size() + 1;
        counted.add(String.valueOf(number));
        ann.send("{\"event\":\"echo\",\"data\":" + number + ",\"id\":\"c-" + number + "\"}");
    }

    private void cut() {
        ann.drop();
        for (int missed = random.nextInt(6); missed > 0; missed--) {
            news();
        }
        lobby.advance(Duration.ofMillis(random.nextInt(60_000)));
        claim();
    }

    private void takeOver() {
        news();
        claim();
    }

    private void loseTheAnswer() {
        ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").claim(ann.session(), ann.last());
        news();
        claim();
    }

    private void claim() {
        ann.dialAgain().claim();
        requireResumed();
    }

    /** The last claim was granted. */
    public void requireResumed() {
        assertThat(ann.hello(ann.hellos() - 1).get("resumed").asBoolean())
                .as("a legal claim is granted")
                .isTrue();
    }

    /** Everything counted has come, once and in order. */
    public void requireComplete() {
        lobby.settle();
        assertThat(ann.read().received()).isEqualTo(counted);
    }

    /** Who has this past. */
    public ResumingPeer ann() {
        return ann;
    }

    /** Her end at the hub. */
    public Client client() {
        return lobby.hub().find(ann.id()).orElseThrow();
    }

    /** Where it happened. */
    public Lobby lobby() {
        return lobby;
    }

    /** What decides. */
    public Random random() {
        return random;
    }
}
