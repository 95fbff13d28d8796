// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Audience;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.SendReport;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.JsonBody;
import java.util.Optional;

/**
 * What admins send to clients over HTTP: any event to the members of a group, and notices. Thread-safe.
 *
 * <p>Every answer says how many clients were meant and how many of their outboxes took the message.
 */
public final class Messages {
    /** The event of a notice that names no other. */
    public static final String NOTICE = "notice";

    private record Sent(int targets, int accepted) {}

    private final Hub hub;
    private final Accounts accounts;

    /** Sends through this hub, to these accounts. */
    public Messages(Hub hub, Accounts accounts) {
        this.hub = hub;
        this.accounts = accounts;
    }

    /**
     * Adds three calls, their bodies being
     *
     * <ul>
     *   <li>{@code POST /socket/send/toTag}: {@code {"tag","response":{"event","data"}}}
     *   <li>{@code POST /admin/notice/sendToUser}: {@code {"userId","event","data"}}
     *   <li>{@code POST /admin/notice/sendToAll}: {@code {"event","data"}}
     * </ul>
     *
     * where {@code data} may be any JSON or be left out, and the {@code event} of a notice is {@value #NOTICE} if left out.
     */
    public void addTo(HttpRoutes routes, Access access) {
        routes.add("POST", "/socket/send/toTag", access.admins(this::toTag))
                .add("POST", "/admin/notice/sendToUser", access.admins(this::toUser))
                .add("POST", "/admin/notice/sendToAll", access.admins(this::toAll));
    }

    private HttpAnswer toTag(HttpCall call) {
        JsonBody body = JsonBody.of(call);
        JsonBody response = body.object("response");
        return send(group(body.text("tag")), response.text("event"), response.optional("data"));
    }

    private HttpAnswer toUser(HttpCall call) {
        JsonBody body = JsonBody.of(call);
        String userId = accounts.find(body.number("userId"))
                .orElseThrow(() -> HttpException.notFound("no such user"))
                .userId();
        return send(hub.user(userId), body.optionalText("event").orElse(NOTICE), body.optional("data"));
    }

    private HttpAnswer toAll(HttpCall call) {
        JsonBody body = JsonBody.of(call);
        return send(hub.all(), body.optionalText("event").orElse(NOTICE), body.optional("data"));
    }

    private Audience group(String name) {
        try {
            return hub.group(name);
        } catch (IllegalArgumentException e) {
            throw HttpException.badRequest("tag is not a valid name of a group");
        }
    }

    private static HttpAnswer send(Audience audience, String event, Optional<JsonNode> data) {
        try {
            SendReport report =
                    data.map(value -> audience.send(event, value)).orElseGet(() -> audience.send(EventType.of(event)));
            return HttpAnswer.ok(new Sent(report.targets(), report.accepted()));
        } catch (IllegalArgumentException e) { // a bad name, or an event that only the hub itself may send
            throw HttpException.badRequest("event is not one that may be sent");
        }
    }
}
