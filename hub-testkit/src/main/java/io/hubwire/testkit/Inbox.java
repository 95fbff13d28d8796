// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.GroupPattern;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ReceivedMessage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived at a client: messages, pings and the end of its connection, and what of it the test has read.
 * Thread-safe.
 */
final class Inbox {
    @GuardedBy("this")
    private final List<ReceivedMessage> messages = new ArrayList<>();

    /** The protocol's own, which are no pushes. */
    @GuardedBy("this")
    private final List<ReceivedMessage> controls = new ArrayList<>();

    @GuardedBy("this")
    private final List<GroupPattern> ignored = new ArrayList<>();

    @GuardedBy("this")
    private int pings;

    @GuardedBy("this")
    private @Nullable CloseReason closedWith;

    @GuardedBy("this")
    private boolean isEndExpected;

    synchronized void add(ReceivedMessage message) {
        messages.add(message);
    }

    synchronized void addControl(ReceivedMessage message) {
        controls.add(message);
    }

    synchronized void addPing() {
        pings++;
    }

    synchronized void close(CloseReason reason) {
        closedWith = reason;
    }

    /** There is another connection. */
    synchronized void reopen() {
        closedWith = null;
        isEndExpected = false;
    }

    /** The first of this event among the protocol's own that no expectation has read. */
    synchronized Optional<ReceivedMessage> unreadControl(String event) {
        return controls.stream()
                .filter(message -> message.isUnread() && message.event().equals(event))
                .findFirst();
    }

    /** In the order of arrival; a snapshot. */
    synchronized List<ReceivedMessage> messages() {
        return List.copyOf(messages);
    }

    synchronized int pings() {
        return pings;
    }

    synchronized Optional<CloseReason> closedWith() {
        return Optional.ofNullable(closedWith);
    }

    synchronized void ignore(GroupPattern events) {
        ignored.add(events);
    }

    /** The end is no surprise: the client brings it about, or the test has looked at it. */
    synchronized void expectEnd() {
        isEndExpected = true;
    }

    synchronized boolean isEndExpected() {
        return isEndExpected;
    }

    /** What expectations about pushes have not passed yet; what the test ignores is passed now. */
    List<ReceivedMessage> unreadPushes() {
        List<GroupPattern> passed = ignored();
        unread(ReceivedMessage::isPush).stream()
                .filter(push -> passed.stream().anyMatch(events -> events.matches(push.event())))
                .forEach(push -> push.mark(Reading.IGNORED));
        return unread(ReceivedMessage::isPush);
    }

    /** Questions that no expectation has read and nobody has answered. */
    List<ReceivedMessage> unreadQuestions() {
        return unread(ReceivedMessage::isQuestion);
    }

    /** Errors without an id that no expectation has read. */
    List<ReceivedMessage> unreadErrors() {
        return unread(ReceivedMessage::isErrorWithoutId);
    }

    Optional<ReceivedMessage> answerTo(String id) {
        return messages().stream()
                .filter(message -> message.id().filter(id::equals).isPresent())
                .findFirst();
    }

    private List<ReceivedMessage> unread(Predicate<ReceivedMessage> kind) {
        return messages().stream()
                .filter(ReceivedMessage::isUnread)
                .filter(kind)
                .toList();
    }

    private synchronized List<GroupPattern> ignored() {
        return List.copyOf(ignored);
    }
}
