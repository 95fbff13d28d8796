// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The groups that a client has entered at its own wish, so that they can be asked about again. Thread-safe. */
final class JoinedGroups {
    private static final AttributeKey<JoinedGroups> KEY = AttributeKey.of("hubwire.joined", JoinedGroups.class);

    @GuardedBy("this")
    private List<String> names = List.of();

    private JoinedGroups() {}

    /** Makes the client a member; where it is one already, somebody else has decided that. */
    static void enter(Client client, String group) {
        JoinedGroups joined = of(client);
        boolean isNew = joined.add(group);
        if (!client.join(group) && isNew) {
            joined.remove(group);
        }
    }

    /** The joins of one client come one after the other. */
    private static JoinedGroups of(Client client) {
        JoinedGroups joined = client.get(KEY).orElseGet(JoinedGroups::new);
        client.set(KEY, joined);
        return joined;
    }

    /** The client is no member any more. */
    static void forget(Client client, String group) {
        client.get(KEY).ifPresent(joined -> joined.remove(group));
    }

    /** Asks the policy about each group again; completes when the client is out of those that it may not have. */
    static CompletionStage<?> judgeAgain(Client client, JoinPolicy policy) {
        List<String> groups = client.get(KEY).map(JoinedGroups::names).orElse(List.of());
        return groups.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : new JoinReview(client, policy, groups).begin();
    }

    private synchronized boolean add(String group) {
        if (names.contains(group)) {
            return false;
        }
        List<String> more = new ArrayList<>(names);
        more.add(group);
        names = List.copyOf(more);
        return true;
    }

    private synchronized void remove(String group) {
        List<String> fewer = new ArrayList<>(names);
        if (fewer.remove(group)) {
            names = List.copyOf(fewer);
        }
    }

    private synchronized List<String> names() {
        return names;
    }
}
