// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Refusal;
import io.hubwire.simulation.Probe.News;
import io.hubwire.testkit.ReceivedMessage;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is looked at when a run has come to rest: what clients have received, and whether there is room again. */
final class Inspection {
    private static final Set<String> REFUSALS = Set.of(Probe.REFUSE.name(), Probe.REFUSE_LATER.name());
    private static final int MOST_MESSAGES = 8;
    private static final int LONGEST_BYTES = 1_024;
    private static final int ENVELOPE_BYTES = 100;
    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Books books;
    private final OutboxPolicy outbox;
    private final int places;

    /** Of a hub with these limits. */
    Inspection(Books books, OutboxPolicy outbox, int places) {
        this.books = books;
        this.outbox = outbox;
        this.places = places;
    }

    /** Everything that clients have received was for them, and in the order of its sending. */
    void checkAddresses(TestHub hub) {
        for (TestClient client : hub.clients()) {
            Map<String, Integer> lastOf = new HashMap<>();
            Set<Long> numbers = new HashSet<>();
            for (ReceivedMessage message : client.messagesOfSession()) {
                if (message.number().isPresent()
                        && !numbers.add(message.number().getAsLong())) {
                    continue; // it came again, because its client had forgotten it
                }
                if (message.event().equals(Probe.NEWS.name())
                        && message.code() == 0
                        && message.id().isEmpty()) {
                    checkAddress(client, message.data(News.class), lastOf);
                } else if (REFUSALS.contains(message.event())) {
                    assertThat(message.code())
                            .as("the refusal " + message + " of " + client)
                            .isNotZero();
                }
            }
        }
    }

    /** Who has missed nothing knows its groups. */
    void checkGroups(TestHub hub) {
        if (outbox.overflow() == Overflow.DISCONNECT) {
            hub.clients().stream()
                    .filter(client -> client.isResuming() && client.isConnected())
                    .forEach(client -> assertThat(client.groups())
                            .as("the groups that " + client + " knows")
                            .isEqualTo(client.session().groups()));
        }
    }

    /** Nobody is asked the same twice: what comes again has the number that it had. */
    void checkQuestions(TestHub hub) {
        for (TestClient client : hub.clients()) {
            Map<Integer, String> asked = new HashMap<>();
            for (ReceivedMessage message : client.messagesOfSession()) {
                message.ask().ifPresent(ask -> {
                    String which = ask + " under number " + message.number().orElse(0);
                    assertThat(asked.merge(message.data(Integer.class), which, (first, again) -> first))
                            .as("the question " + message + " of " + client)
                            .isEqualTo(which);
                });
            }
        }
    }

    private void checkAddress(TestClient client, News news, Map<String, Integer> lastOf) {
        String[] to = news.to().split(" ");
        boolean isOwn = news.from().equals(client.id());
        boolean isMine = switch (to[0]) {
            case "user" -> client.session().requireUser().id().equals(to[1]);
            case "one" -> isOwn;
            case "all" -> !isOwn;
            case "others" -> !isOwn && books.wasIn(client.id(), to[2]);
            case "both" -> books.wasIn(client.id(), to[1]) || books.wasIn(client.id(), to[2]);
            default -> books.wasIn(client.id(), to[0]);
        };
        assertThat(isMine).as(news + " is for " + client).isTrue();
        if (!to[0].equals("one")) {
            assertThat(lastOf.getOrDefault(news.from(), 0))
                    .as("order of sending")
                    .isLessThan(news.n());
            lastOf.put(news.from(), news.n());
        }
    }

    /** Who has read everything has room for a message on its way and all that its outbox holds. */
    void checkRoomInOutboxes(TestHub hub) {
        int messages = Math.min(outbox.messages(), MOST_MESSAGES);
        String filling = "x".repeat((int) Math.min(outbox.bytes() / messages, LONGEST_BYTES) - ENVELOPE_BYTES);
        for (int i = 0; i <= messages; i++) {
            SendReport report = hub.hub().all().send(Probe.FILLING, filling);
            assertThat(report.refused(Refusal.OVERFLOW))
                    .as("those who have no room for message " + i)
                    .isZero();
        }
        hub.settle();
    }

    /** Those who are gone have left their places to others; and these are told goodbye before the hub is over. */
    void checkRoomForOthers(TestHub hub) {
        if (books.hasShutDown()) {
            return;
        }
        for (int i = 0; i < places; i++) {
            assertThat(hub.client().user("guest-" + i).tryConnect().isAccepted())
                    .as("there is room for guest " + i)
                    .isTrue();
        }
        CompletableFuture<Void> end = hub.hub()
                .shutdown(GRACE)
                .thenAccept(report -> books.told(books::checkAllTold))
                .toCompletableFuture();
        hub.advance(GRACE);
        assertThat(end).as("a shutdown with a grace of " + GRACE).isCompleted();
        books.check();
    }
}
