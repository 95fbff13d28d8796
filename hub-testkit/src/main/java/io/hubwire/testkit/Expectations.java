// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.ReceivedMessage.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a test expects a client to have received, in order; what was expected is read. For the test's thread. */
final class Expectations {
    private static final int LISTED = 5;

    private final TestClient client;
    private final Inbox inbox;

    Expectations(TestClient client) {
        this.client = client;
        this.inbox = client.inbox();
    }

    MessageAssert push(String event) {
        String what = "the next push to " + client + " to be '" + event + "'";
        ReceivedMessage next = first(inbox::unreadPushes).orElseThrow(() -> noPush(what, event));
        if (!next.event().equals(event)) {
            throw failure(new Expectation(what, "it is " + quoted(next))
                    .withHint(furtherOn(event).or(() -> nearest(event)))
                    .withHint(unreadError())
                    .pointingAt(next, "next unread"));
        }
        return read(next, "'" + event + "' to " + client);
    }

    MessageAssert skipTo(String event) {
        String what = "a push '" + event + "' to " + client;
        until(() -> indexOf(event) >= 0);
        int index = indexOf(event);
        if (index < 0) {
            throw noPush(what, event);
        }
        List<ReceivedMessage> unread = inbox.unreadPushes();
        unread.subList(0, index).forEach(message -> message.mark(Reading.SKIPPED));
        return read(unread.get(index), "'" + event + "' to " + client);
    }

    ReceivedMessage question(String event) {
        String what = "the next question to " + client + " to be '" + event + "'";
        ReceivedMessage next = first(inbox::unreadQuestions)
                .orElseThrow(() -> failure(new Expectation(what, "no question is unread").withHint(closed())));
        if (!next.event().equals(event)) {
            throw failure(new Expectation(what, "it is " + quoted(next)).pointingAt(next, "next unread question"));
        }
        next.mark(Reading.READ);
        return next;
    }

    MessageAssert reply(Reply<?> reply) {
        reply.requireOf(client);
        String name = "the answer to " + reply + " of " + client;
        until(() -> inbox.answerTo(reply.id()).isPresent());
        ReceivedMessage answer = inbox.answerTo(reply.id())
                .orElseThrow(() -> failure(new Expectation(name, "no answer has come").withHint(closed())));
        return read(answer, name);
    }

    MessageAssert error(String event) {
        String what = "the next error to " + client + " to be '" + event + "'";
        ReceivedMessage next = nextError(what);
        if (!next.event().equals(event)) {
            throw wrongError(what, next);
        }
        return read(next, "the error '" + event + "' to " + client);
    }

    MessageAssert error(ErrorCode code) {
        String what = "the next error to " + client + " to be " + code;
        ReceivedMessage next = nextError(what);
        if (next.code() != code.number()) {
            throw wrongError(what, next);
        }
        return read(next, "the error '" + next.event() + "' to " + client);
    }

    void noPush() {
        client.testHub().settle();
        requireNoPush("no push to " + client);
    }

    void noPushFor(Duration duration) {
        noPush();
        client.testHub().advance(duration);
        requireNoPush("no push to " + client + " for " + seconds(duration));
    }

    void closed(String expected, Object expectedValue, Predicate<CloseReason> rule) {
        until(() -> inbox.closedWith().isPresent());
        Optional<CloseReason> end = inbox.closedWith();
        if (end.filter(rule).isEmpty()) {
            String instead = end.map(reason -> "it is closed with " + Journal.describe(reason))
                    .orElse("the connection is still open");
            throw failure(new Expectation(client + " to be closed with " + expected, instead)
                    .withHint(endBySideOfHub())
                    .comparing(
                            expectedValue,
                            end.<Object>map(reason -> expectedValue instanceof Integer ? reason.code() : reason)
                                    .orElse("open")));
        }
        inbox.expectEnd();
    }

    // --- what there is

    private Optional<ReceivedMessage> first(Supplier<List<ReceivedMessage>> unread) {
        until(() -> !unread.get().isEmpty());
        return unread.get().stream().findFirst();
    }

    private int indexOf(String event) {
        return inbox.unreadPushes().stream()
                .map(ReceivedMessage::event)
                .toList()
                .indexOf(event);
    }

    private ReceivedMessage nextError(String what) {
        return first(inbox::unreadErrors)
                .orElseThrow(() -> failure(new Expectation(what, "no error is unread").withHint(closed())));
    }

    private void until(BooleanSupplier condition) {
        var unused = client.testHub().pace().settleUntil(condition);
    }

    private MessageAssert read(ReceivedMessage message, String name) {
        message.mark(Reading.READ);
        return new MessageAssert(client, name, message);
    }

    // --- what failures say

    private void requireNoPush(String what) {
        List<ReceivedMessage> unread = inbox.unreadPushes();
        if (!unread.isEmpty()) {
            ReceivedMessage next = unread.get(0);
            String more = unread.size() == 1 ? "" : " and " + (unread.size() - 1) + " more";
            throw failure(new Expectation(what, "there is " + quoted(next) + more).pointingAt(next, "next unread"));
        }
    }

    private AssertionError noPush(String what, String event) {
        List<String> unread =
                inbox.unreadPushes().stream().map(Expectations::quoted).toList();
        String listed = String.join(", ", unread.subList(0, Math.min(LISTED, unread.size())));
        String more = unread.size() > LISTED ? " and " + (unread.size() - LISTED) + " more" : "";
        return failure(new Expectation(what, unread.isEmpty() ? "no push is unread" : "unread is only " + listed + more)
                .withHint(readAlready(event).or(() -> nearest(event)))
                .withHint(unreadError())
                .withHint(closed()));
    }

    private AssertionError wrongError(String what, ReceivedMessage next) {
        return failure(new Expectation(what, "it is " + next)
                .withHint(client.unknownEvent(next))
                .pointingAt(next, "next unread error"));
    }

    private Optional<String> furtherOn(String event) {
        int index = indexOf(event);
        return index < 0
                ? Optional.empty()
                : Optional.of("a '" + event + "' is unread " + index + (index == 1 ? " push" : " pushes")
                        + " further on; use skipTo(..) if the order does not matter");
    }

    private Optional<String> readAlready(String event) {
        boolean isRead = inbox.messages().stream()
                .anyMatch(message -> message.isPush()
                        && !message.isUnread()
                        && message.event().equals(event));
        return isRead ? Optional.of("every '" + event + "' that arrived was read or passed over") : Optional.empty();
    }

    private Optional<String> nearest(String event) {
        List<String> pushes = inbox.messages().stream()
                .filter(ReceivedMessage::isPush)
                .map(ReceivedMessage::event)
                .distinct()
                .toList();
        return NearestName.of(event, pushes)
                .map(name -> "the nearest name that arrived is '" + name + "'")
                .or(() -> otherThanPush(event))
                .or(() -> declared(event));
    }

    private Optional<String> otherThanPush(String event) {
        boolean hasArrived =
                inbox.messages().stream().anyMatch(message -> message.event().equals(event));
        return hasArrived ? Optional.of("what arrived as '" + event + "' is an answer or an error") : Optional.empty();
    }

    private Optional<String> declared(String event) {
        List<String> names = client.testHub().hub().events().emitted().stream()
                .map(type -> type.name())
                .toList();
        return names.contains(event)
                ? Optional.empty()
                : NearestName.of(event, names).map(name -> "the nearest name that the hub declares is '" + name + "'");
    }

    private Optional<String> unreadError() {
        return inbox.messages().stream()
                .filter(message -> message.code() != 0 && message.reading() == Reading.UNREAD)
                .findFirst()
                .map(error -> "an error is unread: " + error
                        + client.unknownEvent(error).map(why -> "; " + why).orElse(""));
    }

    private Optional<String> closed() {
        return inbox.closedWith().map(reason -> "its connection is closed with " + Journal.describe(reason));
    }

    private Optional<String> endBySideOfHub() {
        return client.testHub()
                .sessionEndOf(client.name())
                .map(reason -> "the hub ended the session with " + Journal.describe(reason));
    }

    private static String quoted(ReceivedMessage message) {
        String event = message.event();
        return "'" + event + "'" + message.toString().substring(event.length());
    }

    private static String seconds(Duration duration) {
        return VirtualTime.offset(duration).substring(1);
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(client).failure(expectation);
    }
}
