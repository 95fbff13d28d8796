// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.testkit.simulation.Kind.Sort;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The actions that every simulation has, and the names of what it looks after. */
final class BuiltIn {
    static final String DELIVERY = "every client receives exactly what was pushed to it, in order";
    static final String REPLIES = "every request is answered once";
    static final String SESSIONS = "every session begins once and ends once";
    static final String ONLINE = "who is connected is online, and nobody else";
    static final String GOODBYE = "who is told goodbye has received everything before";
    static final String REASON = "a client is told why its session ended";
    static final String PATIENCE = "who answers pings is not given up";
    static final String GIVEN_UP_IN_TIME = "who is silent is given up";
    static final String SESSION_KEPT = "a session goes on, or there is a reason why not";
    static final String RETURN = "everybody can come back";
    static final String HANDLERS = "no handler breaks";
    static final String LEFTOVERS = "nothing is left when everybody has left";
    static final String NOTHING_BREAKS = "nothing breaks";

    static final String DROP_UNREAD = "drop with frames in the socket buffer";
    static final String STALLED_READS_AGAIN = "a stalled client reads again";
    static final String BACK_BEFORE_NOTICED = "a client is back before the hub has noticed that it was gone";
    static final String MADE_ROOM = "an outbox has dropped a message";
    static final String GIVEN_UP = "a silent client was given up";
    static final String TOO_SLOW = "a slow client was cut";
    static final String RESUMED = "a session is resumed";
    static final String CLAIMED_TWICE = "a session is claimed again before the first claim is answered";
    static final String FORGOTTEN = "a session is claimed from behind what is kept";
    static final String KICKED_WITH_BACKLOG = "a client was kicked while messages waited for it";

    private BuiltIn() {}

    static List<Kind> kinds() {
        return List.of(
                fault("drop", Player::drop, 1.5),
                fault("stopReading", Player::stopReading, 1.5),
                fault("vanish", Player::vanish, 0.5),
                fault("ignorePings", Player::ignorePings, 0.3),
                fault("failNextSend", Player::failNextSend, 0.3),
                fault("close", Player::close, 0.5),
                fault("kick", Player::kick, 0.5),
                new Kind("latency", 0.5, Sort.DELAY, (player, millis) -> player.latency(Duration.ofMillis(millis))),
                new Kind("reconnect", 2, Sort.REPAIR, (player, number) -> player.reconnect()),
                new Kind("resumeReading", 2, Sort.REPAIR, (player, number) -> player.resumeReading()),
                fault("keepSilent", Player::keepSilent, 1),
                fault("forget", Player::forget, 0.7),
                new Kind("advance", 2, Sort.TIME, (player, millis) -> player.advance(millis)));
    }

    private static Kind fault(String name, Consumer<Player> verb, double weight) {
        return new Kind(name, weight, Sort.FAULT, (player, number) -> verb.accept(player));
    }
}
