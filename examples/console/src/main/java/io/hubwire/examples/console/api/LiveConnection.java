// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.examples.console.account.Identity;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.JsonBody;
import io.hubwire.examples.console.hub.LiveEvents;
import io.hubwire.examples.console.hub.LiveEvents.Tick;
import io.hubwire.protocol.CloseReason;
import java.util.stream.IntStream;

/** What people do to connections of their own, to see what becomes of them. Thread-safe. */
public final class LiveConnection {
    /** With this a connection is closed, and a client that can resume comes back at once. */
    public static final CloseReason CUT = new CloseReason(4200, "cut at the client's own wish");
    /** How many messages are sent at a time, at most: more than are kept for who is away. */
    public static final int MAX_COUNT = 1000;

    private static final int BULK_CHARACTERS =
            (int) (OutboxPolicy.defaults().bytes() + ResumePolicy.defaults().bytes());

    private record Sent(int accepted, boolean away) {}

    private final Hub hub;

    /** The connections of this hub. */
    public LiveConnection(Hub hub) {
        this.hub = hub;
    }

    /**
     * Adds three calls, for everybody's own clients, their bodies being
     *
     * <ul>
     *   <li>{@code POST /live/cut}: {@code {"id"}} of a client; closes its connection with {@link #CUT}
     *   <li>{@code POST /live/send}: {@code {"id","count"}}; sends so many {@link LiveEvents#TICK}
     *   <li>{@code POST /live/overflow}: {@code {"id"}} of a client that is away; sends what cannot be kept for it, then one
     *       {@link LiveEvents#TICK}
     * </ul>
     *
     * Somebody else's client is answered like one that does not exist, with 404.
     */
    public void addTo(HttpRoutes routes, Access access) {
        routes.add("POST", "/live/cut", access.users(this::cut))
                .add("POST", "/live/send", access.users(this::send))
                .add("POST", "/live/overflow", access.users(this::overflow));
    }

    private HttpAnswer cut(HttpCall call, Identity caller) {
        client(JsonBody.of(call), caller).close(CUT);
        return HttpAnswer.ok();
    }

    private HttpAnswer send(HttpCall call, Identity caller) {
        JsonBody body = JsonBody.of(call);
        Client client = client(body, caller);
        int count = body.number("count", 1, MAX_COUNT);
        int accepted = IntStream.rangeClosed(1, count)
                .map(number ->
                        client.send(LiveEvents.TICK, new Tick(number, count)).accepted())
                .sum();
        return HttpAnswer.ok(new Sent(accepted, client.isAway()));
    }

    private HttpAnswer overflow(HttpCall call, Identity caller) {
        Client client = client(JsonBody.of(call), caller);
        if (!client.isAway()) {
            throw new HttpException(409, "the client is not away");
        }
        client.send(LiveEvents.BULK, "x".repeat(BULK_CHARACTERS));
        return HttpAnswer.ok(
                new Sent(client.send(LiveEvents.TICK, new Tick(1, 1)).accepted(), client.isAway()));
    }

    private Client client(JsonBody body, Identity caller) {
        return hub.find(body.text("id"))
                .filter(client -> isOf(client, caller))
                .orElseThrow(() -> HttpException.notFound("no such client"));
    }

    private static boolean isOf(Client client, Identity caller) {
        return client.user()
                .filter(user -> user.id().equals(caller.account().userId()))
                .isPresent();
    }
}
