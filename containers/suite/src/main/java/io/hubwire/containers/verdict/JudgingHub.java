// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A hub on the container of the class path, and clients of it one after another. For one thread. */
final class JudgingHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBE = "{\"event\":\"probe\",\"id\":\"probe\",\"data\":1}";

    private final BlockingQueue<String> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Server server;

    JudgingHub() {
        Hub hub = Hub.builder()
                .onRequest("echo", String.class, (client, text) -> {
                    told.add("echo");
                    return text;
                })
                .onRequest("probe", Integer.class, (client, number) -> number)
                .onConnect(client -> connections.add(client.id()))
                .onDisconnect((client, reason) -> told.add(Integer.toString(reason.code())))
                .limits(InboundLimits.defaults().messageBytes(1_024).fragments(16))
                .build();
        server = Server.of(hub);
    }

    /** What becomes of one case, as its verdict says it. */
    String verdictOn(FrameCase frameCase) throws Exception {
        List<String> seen = new ArrayList<>();
        requireNothingLeft();
        try (RawPeer peer = server.peer().open()) {
            if (connections.poll(10, TimeUnit.SECONDS) == null) {
                throw new AssertionError("onConnect was not called");
            }
            act(frameCase, peer);
            if (frameCase.isProbed()) {
                receive(peer, seen);
            } else {
                seen.add("lost");
            }
        }
        seen.add("/");
        collectTold(seen);
        return String.join(" ", seen);
    }

    /** Nothing is told of a client after its end. */
    private void requireNothingLeft() {
        if (!told.isEmpty() || !connections.isEmpty()) {
            throw new AssertionError("told after the end of the client before: " + told + connections);
        }
    }

    private static void act(FrameCase frameCase, RawPeer peer) {
        try {
            frameCase.action().on(peer);
            if (frameCase.isProbed()) {
                peer.sendText(PROBE);
            }
        } catch (IOException e) {
            // the server has had enough: what it said is still to be read
        }
    }

    private static void receive(RawPeer peer, List<String> seen) {
        try {
            RawFrame frame = peer.receive();
            while (note(frame, seen)) {
                frame = peer.receive();
            }
            if (frame.opcode() != RawFrame.CLOSE) {
                frame = peer.send(RawFrame.close(1000, "")).receiveClose();
            }
            peer.send(RawFrame.of(RawFrame.CLOSE, frame.payload())).awaitEnd();
        } catch (SocketTimeoutException e) {
            seen.add("nothing in time");
        } catch (IOException e) {
            if (seen.isEmpty() || !isEnd(seen.get(seen.size() - 1))) {
                seen.add("lost");
            }
        }
    }

    /** Notes a frame; says whether more will come. */
    private static boolean note(RawFrame frame, List<String> seen) throws IOException {
        switch (frame.opcode()) {
            case RawFrame.PONG -> seen.add("pong:" + frame.payload().length);
            case RawFrame.CLOSE -> seen.add("closed " + frame.closeCode());
            default -> {
                JsonNode answer = JSON.readTree(frame.text());
                seen.add(
                        answer.path("id").asText().equals("probe")
                                ? "open"
                                : answer.path("event").asText() + ":" + answer.path("code"));
            }
        }
        return !isEnd(seen.get(seen.size() - 1));
    }

    private static boolean isEnd(String seen) {
        return seen.equals("open") || seen.startsWith("closed ");
    }

    private void collectTold(List<String> seen) throws InterruptedException {
        String next = told.poll(10, TimeUnit.SECONDS);
        while (next != null && next.equals("echo")) {
            seen.add(next);
            next = told.poll(10, TimeUnit.SECONDS);
        }
        seen.add(next == null ? "no end" : next);
    }

    @Override
    public void close() {
        server.close();
    }
}
