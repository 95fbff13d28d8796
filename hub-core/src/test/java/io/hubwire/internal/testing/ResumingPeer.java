// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.Hub;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the {@code hubwire.v1} profile that keeps to the protocol: it numbers what it receives, ignores what it has, and fails on
 * a hole. For one thread.
 */
public final class ResumingPeer {
    private static final JsonMapper JSON = new JsonMapper();

    private final Hub hub;
    private final ManualRuntime runtime;
    private final String token;
    private final List<JsonNode> applied = new ArrayList<>();
    private final List<JsonNode> uncounted = new ArrayList<>();
    private final List<JsonNode> heard = new ArrayList<>();
    private final List<JsonNode> hellos = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private RecordingConnection connection = RecordingConnection.inline();
    private ConnectionHandler handler;
    private int read;
    private String session = "";
    private long last;

    private ResumingPeer(Hub hub, ManualRuntime runtime, String token) {
        this.hub = hub;
        this.runtime = runtime;
        this.token = token;
        this.handler = dial();
    }

    /** Connected, without having said anything. */
    public static ResumingPeer to(Hub hub, ManualRuntime runtime, String token) {
        return new ResumingPeer(hub, runtime, token);
    }

    /** Connected, without a token and without having said anything. */
    public static ResumingPeer anonymous(Hub hub, ManualRuntime runtime) {
        return new ResumingPeer(hub, runtime, "");
    }

    private ConnectionHandler dial() {
        connection = RecordingConnection.inline();
        read = 0;
        return Door.open(hub, BareHandshake.anonymous().offering("hubwire.v1"), connection);
    }

    /** Greets without a claim. */
    public ResumingPeer hello() {
        return greet(token.isEmpty() ? "" : tokenField());
    }

    /** Greets with a claim to what it had. */
    public ResumingPeer claim() {
        return claim(session, last);
    }

    /** Greets with a claim. */
    public ResumingPeer claim(String claimed, long seq) {
        String resume = "\"resume\":{\"session\":\"" + claimed + "\",\"seq\":" + seq + "}";
        return greet(token.isEmpty() ? resume : tokenField() + "," + resume);
    }

    private String tokenField() {
        return "\"token\":\"" + token + "\"";
    }

    private ResumingPeer greet(String fields) {
        return send("{\"event\":\"hub/hello\",\"data\":{" + fields + "}}");
    }

    /** Says something, and reads what comes. */
    public ResumingPeer send(String text) {
        handler.onText(text, true);
        runtime.runAll();
        return read();
    }

    /** The connection is lost; what was sent and not read is lost, too. */
    public ResumingPeer drop() {
        handler.onClosed(CloseReason.CONNECTION_LOST);
        runtime.runAll();
        return this;
    }

    /** Opens another connection; the last one may still be open. */
    public ResumingPeer dialAgain() {
        handler = dial();
        return this;
    }

    /** Reads everything that was sent to this connection. */
    public ResumingPeer read() {
        for (; read < connection.sent().size(); read++) {
            accept(parse(connection.sent().get(read)));
        }
        return this;
    }

    private void accept(JsonNode frame) {
        if (!frame.isArray()) {
            pass(frame);
            return;
        }
        long next = frame.get(0).isNumber() ? frame.get(0).asLong() : 0;
        for (JsonNode message : frame) {
            if (message.isObject() && isCounted(message)) {
                count(next++, message);
            } else if (message.isObject()) {
                pass(message);
            }
        }
    }

    private static boolean isCounted(JsonNode message) {
        return !message.path("volatile").asBoolean()
                && !message.get("event").asText().startsWith("hub/");
    }

    private void count(long number, JsonNode message) {
        if (number <= last) {
            return;
        }
        if (number != last + 1) {
            throw new AssertionError("a hole: " + number + " after " + last + " in " + connection.sent());
        }
        last = number;
        applied.add(message);
        heard.add(message);
    }

    private void pass(JsonNode message) {
        switch (message.get("event").asText()) {
            case "hub/hello" -> {
                hellos.add(message.get("data"));
                session = message.get("data").get("session").asText();
                last = message.get("data").get("seq").asLong();
            }
            case "hub/gap" -> {
                gaps.add(message.get("data").get("from").asLong() + "-"
                        + message.get("data").get("to").asLong());
                last = message.get("data").get("to").asLong();
            }
            default -> {
                uncounted.add(message);
                heard.add(message);
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The data of what was counted, as JSON. */
    public List<String> received() {
        return applied.stream().map(message -> message.path("data").toString()).toList();
    }

    /** What was not counted and is not the protocol's own. */
    public List<String> receivedUncounted() {
        return uncounted.stream()
                .map(message -> message.path("data").toString())
                .toList();
    }

    /** What was counted and what was not, without the protocol's own, in the order in which it came. */
    public List<JsonNode> heard() {
        return heard;
    }

    /** What it was told when it greeted last. */
    public JsonNode hello(int index) {
        return hellos.get(index);
    }

    /** How often a hello was answered. */
    public int hellos() {
        return hellos.size();
    }

    /** The gaps that it was told of. */
    public List<String> gaps() {
        return gaps;
    }

    /** Its public id. */
    public String id() {
        return hellos.get(hellos.size() - 1).get("client").asText();
    }

    /** By what it comes back. */
    public String session() {
        return session;
    }

    /** Up to which number it has everything. */
    public long last() {
        return last;
    }

    /** The connection that it has now. */
    public RecordingConnection connection() {
        return connection;
    }

    /** The hub's end of the connection that it has now. */
    public ConnectionHandler handler() {
        return handler;
    }
}
