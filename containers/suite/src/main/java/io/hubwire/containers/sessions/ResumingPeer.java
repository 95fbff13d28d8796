// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;

/** A raw peer that has said hello in the hubwire.v1 profile; it does nothing else by itself. For one thread. */
final class ResumingPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final RawPeer peer;
    private final String token;
    private final JsonNode hello;

    private ResumingPeer(RawPeer peer, String token) throws IOException {
        this.peer = peer;
        this.token = token;
        this.hello = JSON.readTree(peer.receiveText()).path("data");
    }

    /** A new session of the token's user. */
    static ResumingPeer greeted(Server server, String token) throws IOException {
        return new ResumingPeer(greeting(server, "{\"token\":\"" + token + "\"}"), token);
    }

    /** A connection whose hello is not answered yet, and may never be. */
    static RawPeer greeting(Server server, String data) throws IOException {
        RawPeer peer =
                server.peer().header("Sec-WebSocket-Protocol", "hubwire.v1").open();
        return peer.sendText("{\"event\":\"hub/hello\",\"data\":" + data + "}");
    }

    /** Another connection for the session of this one, from behind this number. */
    ResumingPeer resumed(Server server, long number) throws IOException {
        return new ResumingPeer(greeting(server, claim(number)), token);
    }

    /** What a hello says to claim the session of this one. */
    String claim(long number) {
        return "{\"token\":\"" + token + "\",\"resume\":{\"session\":" + hello.get("session") + ",\"seq\":" + number
                + "}}";
    }

    String client() {
        return hello.path("client").asText();
    }

    boolean isResumed() {
        return hello.path("resumed").asBoolean();
    }

    void send(String text) throws IOException {
        peer.sendText(text);
    }

    String receive() throws IOException {
        return peer.receiveText();
    }

    JsonNode receiveJson() throws IOException {
        return JSON.readTree(receive());
    }

    int receiveClose() throws IOException {
        return peer.receiveClose().closeCode();
    }

    void reset() throws IOException {
        peer.reset();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
