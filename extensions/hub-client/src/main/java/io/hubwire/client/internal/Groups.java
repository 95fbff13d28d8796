// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.TypeToken;
import io.hubwire.client.GroupLeft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The groups that the application wants to be in, over all sessions. Used from the lane only, but for {@link #names}.
 *
 * <p>What is to be true in the end is not given up because it takes long: joins and leaves have no timeout, and one that was under way when
 * its session ended goes on in the next.
 */
final class Groups {
    private final ClientContext context;
    private final Requests requests;
    private final Outgoing outgoing;
    private final Consumer<GroupLeft> onLeft;
    private final Map<String, Membership> wanted = new LinkedHashMap<>();
    private volatile List<String> names = List.of();

    /** {@code onLeft} hears, in the lane, of a group that the client is not in any more. */
    Groups(ClientContext context, Requests requests, Outgoing outgoing, Consumer<GroupLeft> onLeft) {
        this.context = context;
        this.requests = requests;
        this.outgoing = outgoing;
        this.onLeft = onLeft;
    }

    List<String> names() {
        return names;
    }

    void join(String group, StageOutcome<List<String>> outcome) {
        Membership membership = wanted.computeIfAbsent(group, name -> new Membership(name, this, context.timer()));
        membership.await(outcome);
        remember();
        if (!membership.isAsking()) {
            outgoing.add(membership.ask());
        }
    }

    /** To be sent by the caller. */
    PendingRequest leave(String group, StageOutcome<List<String>> outcome) {
        Membership membership = wanted.remove(group);
        remember();
        if (membership != null) {
            membership.giveUp("left again");
        }
        PendingRequest quit = requests.create("quit", payload(group), new Departure(outcome));
        requests.expect(quit);
        return quit;
    }

    /** The hub has taken it out. A join that is still open comes after that. */
    void left(GroupLeft departure) {
        Membership membership = wanted.get(departure.group());
        if (membership != null && membership.isAsking()) {
            membership.isOver();
        } else {
            wanted.remove(departure.group());
            remember();
        }
        onLeft.accept(departure);
    }

    /** The session goes on, in these groups: what the hub took the client out of meanwhile is not told in another way. */
    void resumed(Set<String> groups) {
        for (String group : names) {
            Membership membership = wanted.get(group);
            if (membership != null && !membership.isAsking() && !groups.contains(group)) {
                left(new GroupLeft(group, ""));
            }
        }
    }

    /** A new session is in no groups: joins all, ahead of what waits. */
    void joinAgain() {
        List<PendingRequest> joins = new ArrayList<>();
        for (Membership membership : wanted.values()) {
            membership.isOver();
            joins.add(membership.ask());
        }
        outgoing.addFirst(joins);
    }

    /** Nobody joins anything any more. */
    void close() {
        wanted.values().forEach(membership -> membership.giveUp("the client is closed"));
    }

    /** It cannot be joined. */
    void forget(Membership membership) {
        wanted.remove(membership.group(), membership);
        remember();
    }

    /** It cannot be joined again, and nobody waits for it. */
    void refused(Membership membership, String why) {
        forget(membership);
        onLeft.accept(new GroupLeft(membership.group(), why));
    }

    Requests requests() {
        return requests;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** What is said of a group when it is joined and left. */
    static Map<String, String> payload(String group) {
        return Map.of("id", group);
    }

    /** For the answer to a join or a leave. */
    StageOutcome<List<String>> outcome() {
        return new StageOutcome<>(context.dispatch(), new TypeToken<List<String>>() {}.type());
    }

    private void remember() {
        names = List.copyOf(wanted.keySet());
    }
}
