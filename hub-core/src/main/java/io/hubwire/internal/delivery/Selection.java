// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import io.hubwire.AttributeKey;
import io.hubwire.Client;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.internal.session.ClientSession;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A description of recipients, as a tree of values. Immutable. */
sealed interface Selection {
    /** Where recipients are looked up. */
    record Sources(ClientDirectory<ClientSession> clients, MembershipIndex<ClientSession> groups) {}

    /** Calls back with each recipient at this moment, once. */
    void forEach(Sources sources, Consumer<ClientSession> action);

    /** Whether this session is one of them at this moment. */
    boolean includes(ClientSession session);

    /** Everybody. */
    record All() implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            sources.clients().all().forEach(action);
        }

        @Override
        public boolean includes(ClientSession session) {
            return true;
        }

        @Override
        public String toString() {
            return "all";
        }
    }

    /** The members of a group. */
    record Group(String name) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            sources.groups().forEachMember(name, action);
        }

        @Override
        public boolean includes(ClientSession session) {
            return session.isIn(name);
        }

        @Override
        public String toString() {
            return "group " + name;
        }
    }

    /** The sessions of a user. */
    record OfUser(String userId) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            sources.clients().ofUser(userId).forEach(action);
        }

        @Override
        public boolean includes(ClientSession session) {
            return session.user().map(user -> user.id().equals(userId)).orElse(false);
        }

        @Override
        public String toString() {
            return "user " + userId;
        }
    }

    /** One session. */
    record One(String clientId) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            ClientSession session = sources.clients().find(clientId);
            if (session != null) {
                action.accept(session);
            }
        }

        @Override
        public boolean includes(ClientSession session) {
            return session.id().equals(clientId);
        }

        @Override
        public String toString() {
            return "client " + clientId;
        }
    }

    /** All of these. */
    record Union(List<Selection> parts) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            Set<ClientSession> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Selection part : parts) {
                part.forEach(sources, session -> {
                    if (seen.add(session)) {
                        action.accept(session);
                    }
                });
            }
        }

        @Override
        public boolean includes(ClientSession session) {
            return parts.stream().anyMatch(part -> part.includes(session));
        }

        @Override
        public String toString() {
            return parts.toString();
        }
    }

    /** These without those. */
    record Difference(Selection from, Selection without) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            from.forEach(sources, session -> {
                if (!without.includes(session)) {
                    action.accept(session);
                }
            });
        }

        @Override
        public boolean includes(ClientSession session) {
            return from.includes(session) && !without.includes(session);
        }

        @Override
        public String toString() {
            return from + " except " + without;
        }
    }

    /** Those who carry a value. */
    record Carrying(Selection from, AttributeKey<?> key, Object value) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            from.forEach(sources, session -> {
                if (carries(session)) {
                    action.accept(session);
                }
            });
        }

        @Override
        public boolean includes(ClientSession session) {
            return from.includes(session) && carries(session);
        }

        private boolean carries(ClientSession session) {
            return session.get(key).filter(value::equals).isPresent();
        }

        @Override
        public String toString() {
            return from + " where " + key + "=" + value;
        }
    }

    /** Those for whom a predicate holds. */
    record Matching(Selection from, Predicate<? super Client> predicate) implements Selection {
        @Override
        public void forEach(Sources sources, Consumer<ClientSession> action) {
            from.forEach(sources, session -> {
                if (predicate.test(session)) {
                    action.accept(session);
                }
            });
        }

        @Override
        public boolean includes(ClientSession session) {
            return from.includes(session) && predicate.test(session);
        }

        @Override
        public String toString() {
            return from + " where (predicate)";
        }
    }
}
