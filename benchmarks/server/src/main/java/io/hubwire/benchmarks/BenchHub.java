// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.Route;
import java.time.Duration;

/**
 * What the load generator expects: {@code echo} answers what it was sent, {@code join} enters a room, {@code publish}
 * sends {@code msg} to everybody or to a room, any number of times.
 */
public final class BenchHub implements HubModule {
    record Text(String msg) {}

    record Room(String id) {}

    record Joined(String joined) {}

    record Publication(String to, int n, String msg) {}

    static final RequestType<Text, Text> ECHO = RequestType.of("echo", Text.class, Text.class);
    static final RequestType<Room, Joined> JOIN = RequestType.of("join", Room.class, Joined.class);
    static final EventType<Publication> PUBLISH = EventType.of("publish", Publication.class);
    static final EventType<Text> MSG = EventType.of("msg", Text.class);

    private static final String ROOM = "room:";
    private static final Duration LONG = Duration.ofSeconds(60);

    /** A hub whose limits are those of a load test: none that a well-behaved generator meets. */
    public static Hub open() {
        return Hub.builder()
                .install(new BenchHub())
                .limits(InboundLimits.defaults()
                        .eventsPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED)
                        .bytesPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED))
                .connections(ConnectionLimits.defaults()
                        .total(BenchContainer.MAX_CONNECTIONS)
                        .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED)
                        .openTime(LONG))
                .build();
    }

    @Override
    public void install(HubBuilder hub) {
        hub.onRequest(ECHO, (client, text) -> text, Route::nonBlocking)
                .onRequest(JOIN, BenchHub::join, Route::nonBlocking)
                .on(PUBLISH, BenchHub::publish, Route::nonBlocking);
    }

    private static Joined join(Client client, Room room) {
        client.join(room.id());
        return new Joined(room.id());
    }

    private static void publish(Client client, Publication publication) {
        Audience audience = audience(client.hub(), publication.to());
        Text text = new Text(publication.msg());
        for (int i = 0; i < publication.n(); i++) {
            audience.send(MSG, text);
        }
    }

    private static Audience audience(Hub hub, String to) {
        return to.startsWith(ROOM) ? hub.group(to.substring(ROOM.length())) : hub.all();
    }
}
