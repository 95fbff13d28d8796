// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import java.util.concurrent.CompletionStage;

/** Events that many applications want, named as HotGo's front ends know them. Each is installed only when asked for. */
public final class StandardEvents {
    private static final EventType<Void> KICK = EventType.of("kick");

    /** The payload of {@code join} and {@code quit}. */
    public record GroupId(String id) {}

    private StandardEvents() {}

    /** {@code ping} is answered at once, even while every handler is busy. */
    @SuppressWarnings("NullAway") // an answer of type Void is null
    public static HubModule ping() {
        return hub -> hub.onRequest(
                RequestType.of("ping", Void.class, Void.class), (client, nothing) -> null, Route::outOfBand);
    }

    /** {@code join} and {@code quit}, payload {@code {"id": group}}, answered with the client's groups. */
    public static HubModule joinAndQuit(JoinPolicy policy) {
        RequestType<GroupId, Object> join = RequestType.of("join", GroupId.class, Object.class);
        RequestType<GroupId, Object> quit = RequestType.of("quit", GroupId.class, Object.class);
        return hub -> hub.onRequestAsync(
                        join, (client, group) -> join(policy, client, group.id()), StandardEvents::named)
                .onRequest(quit, (client, group) -> quit(client, group.id()), StandardEvents::named);
    }

    /** {@code kick} is sent to a client before it is kicked. */
    public static HubModule kick() {
        return hub -> hub.announceKick(KICK).emits(KICK);
    }

    private static void named(Route<GroupId> route) {
        route.validate("id", group -> group.id() != null && Names.isValid(group.id()));
    }

    private static CompletionStage<Object> join(JoinPolicy policy, Client client, String group) {
        return policy.mayJoin(client, group).thenApply(allowed -> {
            if (!Boolean.TRUE.equals(allowed)) { // a policy may answer null
                throw ErrorCode.FORBIDDEN.exception();
            }
            client.join(group);
            return client.groups();
        });
    }

    private static Object quit(Client client, String group) {
        client.leave(group);
        return client.groups();
    }
}
