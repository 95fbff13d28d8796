// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.client.FakeSockets.FakeSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Plays the hub of a transcript against the client. */
final class ClientReplay {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_WAIT_MILLIS = 30_000;
    private static final long EPOCH_SECONDS = 1_893_456_000L;

    private final VirtualRuntime runtime = new VirtualRuntime();
    private final FakeSockets sockets = new FakeSockets(runtime);
    private final ReplayedApplication application = new ReplayedApplication(runtime, sockets);
    private final TranscriptValues values = new TranscriptValues(() -> EPOCH_SECONDS + runtime.millis() / 1000);
    private final Map<Integer, Link> links = new HashMap<>();

    /** The highest number that the client was sent in its session. */
    private long highest;

    /** One connection of the transcript. */
    private final class Link {
        final FakeSocket socket;
        final ArrayDeque<JsonNode> unread = new ArrayDeque<>();
        boolean isSilent;
        boolean isOver;
        boolean waitsForAnswer;

        Link(FakeSocket socket) {
            this.socket = socket;
        }
    }

    static void of(TranscriptFile file) {
        ClientReplay replay = new ClientReplay();
        for (JsonNode step : file.stepsAgainst("client")) {
            try {
                replay.play(step);
            } catch (AssertionError failure) {
                throw new AssertionError(file.name() + ": " + failure.getMessage() + "\n  at " + step, failure);
            }
        }
        replay.finish();
    }

    private ClientReplay() {
        sockets.onSend(this::received);
    }

    private void play(JsonNode step) {
        runtime.settle();
        switch (step.fieldNames().next()) {
            case "open" -> open(step);
            case "client" -> expect(step);
            case "hub" -> say(step);
            case "close" -> close(step);
            case "cut" -> cut(step);
            case "advance" ->
                runtime.advance(Duration.ofMillis(step.get("advance").asLong()));
            case "network" -> sockets.down(step.get("network").asText().equals("down"));
            case "clientApplication" -> application.act(step);
            case "seen" -> application.check(step.get("seen"), values);
            case "application", "handled", "stall", "flow" -> {} // of the hub alone
            default -> throw new AssertionError("unknown step");
        }
        runtime.settle();
    }

    private void open(JsonNode step) {
        long start = runtime.millis();
        long most = step.path("withinMs").asLong(LONGEST_WAIT_MILLIS);
        boolean isOpen = runtime.advanceUntil(most, sockets::hasNext);
        require(isOpen, "no connection within " + most + " ms");
        long waited = runtime.millis() - start;
        require(waited >= step.path("notBeforeMs").asLong(0), "came back after " + waited + " ms already");
        FakeSocket socket = sockets.next();
        Link link = new Link(socket);
        links.put(step.get("open").asInt(), link);
        socket.sent.forEach(text -> take(link, text));
        runtime.settle();
    }

    /** What the client sends before its connection has a number waits in the socket. */
    private void received(FakeSocket from, String text) {
        links.values().stream()
                .filter(link -> link.socket == from)
                .findFirst()
                .ifPresentOrElse(link -> take(link, text), () -> from.sent.add(text));
    }

    private void take(Link link, String text) {
        JsonNode frame = read(text);
        if (frame.isArray()) {
            frame.forEach(message -> take(link, message));
        } else {
            take(link, frame);
        }
    }

    private void take(Link link, JsonNode message) {
        String event = message.path("event").asText();
        if (event.equals("hub/ping") || event.equals("hub/ack")) {
            long seq = message.path("data").path("seq").asLong(-1);
            require(seq >= 0 && seq <= highest, event + " of " + seq + ", but only " + highest + " was sent");
        }
        if (!event.equals("hub/ping")) {
            link.unread.add(message);
        } else if (!link.isSilent) {
            runtime.soon(() -> link.socket.say("{\"event\":\"hub/ping\",\"code\":0,\"timestamp\":0}"));
        }
    }

    private void expect(JsonNode step) {
        Link link = link(step);
        JsonNode pattern = step.get("client");
        boolean isAck = isAck(pattern);
        while (!isAck && !link.unread.isEmpty() && isAck(link.unread.peek())) {
            link.unread.remove();
        }
        JsonNode actual = link.unread.poll();
        require(actual != null && values.fits(pattern, actual), "expected " + pattern + ", got " + actual);
        link.waitsForAnswer = pattern.path("data").has("resume");
    }

    private static boolean isAck(JsonNode message) {
        return message.path("event").asText().equals("hub/ack");
    }

    private void say(JsonNode step) {
        Link link = link(step);
        if (link.waitsForAnswer) {
            requireNothingUnread(link, "before the hello was answered");
            link.waitsForAnswer = false;
        }
        JsonNode frame = values.filled(step.get("hub"));
        if (!step.path("lost").asBoolean()) {
            require(!link.isOver && !link.isSilent, "the connection is gone");
            count(frame);
            link.socket.say(frame.isTextual() ? frame.textValue() : frame.toString());
        }
    }

    private void count(JsonNode frame) {
        JsonNode data = frame.path("data");
        if (frame.path("event").asText().equals("hub/hello")) {
            highest = data.path("resumed").asBoolean()
                    ? highest
                    : data.path("seq").asLong();
        }
        highest = Math.max(highest, data.path("to").asLong(0));
        if (frame.path(0).isIntegralNumber()) {
            long counted = 0;
            for (JsonNode envelope : frame) {
                boolean isCounted =
                        envelope.isObject() && !envelope.path("volatile").asBoolean();
                counted += isCounted ? 1 : 0;
            }
            highest = Math.max(highest, frame.get(0).asLong() + counted - 1);
        }
    }

    private void close(JsonNode step) {
        Link link = link(step);
        int code = step.get("close").asInt();
        if (step.get("by").asText().equals("client")) {
            require(link.socket.closedByClient() == code, "closed with " + link.socket.closedByClient());
        } else if (!link.isOver) {
            requireNothingUnread(link, "at the close");
            link.socket.closeByHub(code);
        }
        link.isOver = true;
    }

    private void cut(JsonNode step) {
        Link link = links.get(step.get("cut").asInt());
        requireNothingUnread(link, "at the cut");
        if (TranscriptFile.texts(step.get("noticedBy")).contains("client")) {
            link.isOver = true;
            link.socket.closeByHub(1006);
        } else {
            link.isSilent = true;
        }
    }

    private void finish() {
        runtime.settle();
        links.values().forEach(link -> requireNothingUnread(link, "at the end"));
        require(!sockets.hasNext(), "a connection that was not expected");
    }

    private static void requireNothingUnread(Link link, String when) {
        if (!link.isOver && !link.isSilent) {
            link.unread.removeIf(ClientReplay::isAck);
            require(link.unread.isEmpty(), "left over " + when + ": " + link.unread);
        }
    }

    private Link link(JsonNode step) {
        return links.get(step.get("on").asInt());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new AssertionError(otherwise);
        }
    }
}
