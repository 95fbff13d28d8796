// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Events that many applications want, named as HotGo's front ends know them. Each is installed only when asked for. */
public final class StandardEvents {
    private static final EventType<Void> KICK = EventType.of("kick");

    /** The payload of {@code join} and {@code quit}. */
    public record GroupId(String id) {}

    private StandardEvents() {}

    /** {@code ping} is answered at once, even while every handler is busy, or {@code onConnect} is. */
    public static HubModule ping() {
        return hub -> hub.add(RouteDefinition.always("ping", (message, nothing) -> null));
    }

    /**
     * {@code join} and {@code quit}, payload {@code {"id": group}}, answered with the client's groups. A policy that says yes when
     * the message has been answered already, with 1401 because its time was over, makes no member.
     *
     * <p>When a client resumes its session, the policy is asked again about the groups that it has entered with {@code join}, about
     * eight at a time, and not about those that the server has chosen. Where it denies, fails, or has not said yes within five
     * seconds, the client is taken out of the group before the session goes on, and told so with the reason {@code denied}.
     */
    public static HubModule joinAndQuit(JoinPolicy policy) {
        RouteDefinition join = RouteDefinition.request(
                "join",
                GroupId.class,
                true,
                (message, group) -> join(policy, message, ((GroupId) Objects.requireNonNull(group)).id()),
                StandardEvents::named);
        RouteDefinition quit = RouteDefinition.request(
                "quit",
                GroupId.class,
                false,
                (message, group) -> quit(message, ((GroupId) Objects.requireNonNull(group)).id()),
                StandardEvents::named);
        return hub -> hub.add(join)
                .add(quit)
                .onLeft("*", JoinedGroups::forget)
                .beforeResume(client -> JoinedGroups.judgeAgain(client, policy));
    }

    /** {@code kick} is sent to a client before it is kicked. */
    public static HubModule kick() {
        return hub -> hub.announceKick(KICK).emits(KICK);
    }

    private static void named(Route<GroupId> route) {
        route.validate("id", group -> group.id() != null && Names.isValid(group.id()));
    }

    private static CompletionStage<Object> join(JoinPolicy policy, Invocation message, String group) {
        Client client = message.client();
        return policy.mayJoin(client, group).thenApply(allowed -> {
            if (!Boolean.TRUE.equals(allowed)) { // a policy may answer null
                throw ErrorCode.FORBIDDEN.exception();
            }
            if (message.isOver()) {
                throw ErrorCode.HANDLER_TIMEOUT.exception();
            }
            JoinedGroups.enter(client, group);
            return client.groups();
        });
    }

    private static Object quit(Invocation message, String group) {
        message.leave(group);
        return message.client().groups();
    }
}
