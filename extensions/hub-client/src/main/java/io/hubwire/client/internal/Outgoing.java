// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.SendOutcome;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, over all connections of a client: what the protocol itself says first, then answers to questions, then the
 * application's messages in order. One message is with the connection at a time.
 *
 * <p>Used from the lane only, but for {@link #reserve}.
 */
final class Outgoing {
    /** A hub that asks for more and reads nothing does not get them: its questions time out. */
    private static final int MOST_ANSWERS = 1024;
    /** A hub that reads nothing need not be told: an acknowledgement may be lost, and a ping is to fail then. */
    private static final int MOST_CONTROL = 64;

    private final Lane lane;
    private final QueueRoom room;
    private final ArrayDeque<String> control = new ArrayDeque<>();
    private final ArrayDeque<OutgoingMessage> answers = new ArrayDeque<>();
    private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();
    private @Nullable ClientSocket socket;
    private Runnable onFailure = () -> {};
    private boolean isOpen;

    private boolean isSending;

    Outgoing(Lane lane, QueueRoom room) {
        this.lane = lane;
        this.room = room;
    }

    /** Makes room for a message that is to be added; from any thread. */
    SendOutcome reserve(OutgoingMessage message) {
        return room.reserve(message);
    }

    void add(OutgoingMessage message) {
        waiting.add(message);
        proceed();
    }

    /** Ahead of all that waits, in this order. */
    void addFirst(List<? extends OutgoingMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            waiting.addFirst(messages.get(i));
        }
        proceed();
    }

    void remove(OutgoingMessage message) {
        if (waiting.remove(message)) {
            room.release(message);
        }
    }

    /** The answer to a question; false if it is larger than the hub takes. */
    boolean answer(OutgoingMessage answer) {
        if (room.isTooBig(answer)) {
            return false;
        }
        if (answers.size() < MOST_ANSWERS) {
            answers.add(answer);
            proceed();
        }
        return true;
    }

    /** Those who asked do not wait any more. */
    void forgetAnswers() {
        answers.clear();
    }

    /** Says something of the protocol, if there is a connection on which more than the hello may be said. */
    void control(String text) {
        if (isOpen && control.size() < MOST_CONTROL) {
            control.add(text);
            proceed();
        }
    }

    /** A new connection: says hello, and nothing else until it is open. */
    void attach(ClientSocket connected, String hello, Runnable failure) {
        control.clear();
        control.add(hello);
        socket = connected;
        onFailure = failure;
        isOpen = false;
        isSending = false;
        proceed();
    }

    /** The hello was answered: says this first, unless it is empty. */
    void open(String first) {
        isOpen = true;
        if (!first.isEmpty()) {
            control.add(first);
        }
        proceed();
    }

    void detach() {
        socket = null;
        isOpen = false;
    }

    void clear() {
        waiting.forEach(room::release);
        waiting.clear();
        answers.clear();
    }

    private void proceed() {
        ClientSocket to = socket;
        if (to == null || isSending) {
            return;
        }
        String next = next();
        if (next != null) {
            isSending = true;
            to.send(next, failure -> lane.run(() -> sent(to, failure)));
        }
    }

    private @Nullable String next() {
        if (!control.isEmpty() || !isOpen) {
            return control.poll();
        }
        OutgoingMessage message = answers.isEmpty() ? nextWaiting() : answers.poll();
        if (message == null) {
            return null;
        }
        message.leaves();
        return message.text();
    }

    private @Nullable OutgoingMessage nextWaiting() {
        OutgoingMessage message = waiting.poll();
        while (message != null) {
            room.release(message);
            if (!room.isTooBig(message)) {
                break;
            }
            message.refuse();
            message = waiting.poll();
        }
        return message;
    }

    @SuppressWarnings("ReferenceEquality") // the connection that is still the one
    private void sent(ClientSocket by, @Nullable Throwable failure) {
        if (socket != by) {
            return;
        }
        isSending = false;
        if (failure == null) {
            proceed();
        } else {
            onFailure.run();
        }
    }
}
