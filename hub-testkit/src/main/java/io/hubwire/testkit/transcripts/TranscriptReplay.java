// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Plays the client of one golden transcript against a hub. For one thread. */
public final class TranscriptReplay {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration LOOK_AGAIN_SOON = Duration.ofMillis(2);

    /** A hub may look for what is over once in a while; and what nobody expects has to have time to come. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private record Connection(ClientLink link, Wiretap wiretap) {}

    private final GoldenTranscript transcript;
    private final HubUnderTest hub;
    private final Map<Integer, Connection> connections = new TreeMap<>();
    private final ArrayNode handled = JsonNodeFactory.instance.arrayNode();
    private TranscriptValues values = new TranscriptValues();

    private TranscriptReplay(GoldenTranscript transcript, HubUnderTest hub) {
        this.transcript = transcript;
        this.hub = hub;
    }

    /**
     * Plays all steps that are for hubs, in order.
     *
     * @throws AssertionError if the hub does otherwise; the message says at which step, and what it has said until then
     * @throws UnsupportedOperationException if the hub under test or its transport cannot do what a step needs
     */
    public static void play(GoldenTranscript transcript, HubUnderTest hub) {
        new TranscriptReplay(transcript, hub).play();
    }

    private void play() {
        for (JsonNode step : transcript.steps()) {
            if (GoldenTranscript.isForHubs(step)) {
                play(step);
            }
        }
        if (!hub.patience().isZero()) {
            hub.elapse(MOMENT);
        }
        connections.values().forEach(connection -> connection.wiretap().requireNothing());
    }

    private void play(JsonNode step) {
        try {
            play(step.fieldNames().next(), step);
        } catch (AssertionError e) {
            throw new AssertionError("at the step " + step + ": " + e.getMessage() + "\n" + shown(), e);
        }
        hub.settle();
    }

    private void play(String kind, JsonNode step) {
        switch (kind) {
            case "open" -> open(step.get("open").asInt());
            case "client" -> say(step);
            case "hub", "close" -> within(step, () -> expect(kind, step));
            case "cut" -> cut(connection(step.get("cut")), step);
            case "advance" -> hub.elapse(Duration.ofMillis(step.get("advance").asLong()));
            case "stall" -> connection(step.get("stall")).link().stopReading();
            case "flow" -> connection(step.get("flow")).link().resumeReading();
            case "application" -> within(step, () -> hub.act(step.toString()));
            case "handled" -> expectHandled(step);
            case "oneOf" -> within(step, () -> expectOneOf(step.get("oneOf")));
            case "clientApplication", "network", "seen" -> {} // against clients only
            default -> throw new IllegalStateException("an unknown kind of step: " + step);
        }
    }

    private Connection connection(JsonNode number) {
        return Objects.requireNonNull(connections.get(number.asInt()), "a connection that no step opens");
    }

    private void open(int number) {
        Wiretap wiretap = new Wiretap();
        connections.put(number, new Connection(hub.open(transcript.isClassic(), wiretap), wiretap));
    }

    private void say(JsonNode step) {
        JsonNode frame = step.get("client");
        String text =
                frame.isTextual() ? frame.asText() : values.filledIn(frame).toString();
        if (!step.path("lost").asBoolean()) {
            connection(step.get("on")).link().sendText(text, true);
        }
    }

    private static void cut(Connection connection, JsonNode step) {
        connection.wiretap().requireNothing();
        connection.wiretap().cut();
        for (JsonNode side : step.get("noticedBy")) {
            if (side.asText().equals("hub")) {
                connection.link().drop();
            }
        }
    }

    private void expectHandled(JsonNode step) {
        JsonNode expected = step.get("handled");
        if (expected.findValue("failed") != null) {
            hub.elapse(MOMENT);
        }
        within(step, () -> requireHandled(expected));
        handled.removeAll();
    }

    private void requireHandled(JsonNode expected) {
        hub.takeHandled().forEach(text -> handled.add(parsed(text)));
        if (!handled.equals(expected)) {
            throw new AssertionError("handled should be " + expected + " and is " + handled);
        }
    }

    private static JsonNode parsed(String handled) {
        try {
            return new JsonMapper().readTree(handled);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the hub under test told of what is not JSON: " + handled, e);
        }
    }

    /** Lets time pass until it holds, as long as the step says that it may take, and as long as real things take. */
    private void within(JsonNode step, Runnable expectation) {
        long left = step.path("withinMs").asLong() + hub.patience().toMillis();
        Duration pause = hub.patience().isZero() ? LOOK_AGAIN : LOOK_AGAIN_SOON;
        for (; ; left -= pause.toMillis()) {
            try {
                expectation.run();
                return;
            } catch (AssertionError e) {
                if (left <= 0) {
                    throw e;
                }
            }
            hub.elapse(pause);
        }
    }

    private void expect(String kind, JsonNode step) {
        Connection connection = connection(step.get("on"));
        if (kind.equals("hub")) {
            expectMessages(connection.wiretap(), step.get("hub"));
        } else if (step.get("by").asText().equals("hub")) {
            connection.wiretap().requireClosed(step.get("close").asInt());
        } else {
            connection.wiretap().cut();
            connection.link().sayGoodbye(new CloseReason(step.get("close").asInt(), ""));
        }
    }

    private void expectMessages(Wiretap wiretap, JsonNode frame) {
        if (frame.isTextual()) {
            wiretap.requireFrame(frame.asText());
            return;
        }
        whole(() -> expectAll(
                wiretap, frame.isArray() ? frame : List.of(frame), frame.path(0).asLong()));
    }

    private void expectAll(Wiretap wiretap, Iterable<JsonNode> messages, long first) {
        long number = first;
        for (JsonNode message : messages) {
            if (message.isObject()) {
                boolean isCounted = first > 0 && Wiretap.isCounted(message);
                wiretap.requireMessage(message, isCounted ? number++ : 0, values);
            }
        }
    }

    private void expectOneOf(JsonNode lists) {
        List<String> misfits = new ArrayList<>();
        for (JsonNode list : lists) {
            try {
                whole(() -> list.forEach(step -> expect(step.fieldNames().next(), step)));
                return;
            } catch (AssertionError e) {
                misfits.add(e.getMessage());
            }
        }
        throw new AssertionError("none fits: " + misfits);
    }

    /** All of it, or as if nothing of it had been tried. */
    private void whole(Runnable expectations) {
        TranscriptValues before = values.copy();
        Map<Wiretap, Integer> positions = new HashMap<>();
        connections
                .values()
                .forEach(connection ->
                        positions.put(connection.wiretap(), connection.wiretap().position()));
        try {
            expectations.run();
        } catch (AssertionError e) {
            values = before;
            positions.forEach(Wiretap::backTo);
            throw e;
        }
    }

    private String shown() {
        StringBuilder shown = new StringBuilder();
        connections.forEach((number, connection) -> shown.append("on ")
                .append(number)
                .append(": ")
                .append(connection.wiretap())
                .append('\n'));
        return shown.toString();
    }
}
