// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.client.FakeSockets.FakeSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A client in virtual time, with a hub that the test plays by hand. Reconnecting takes half of the longest delay. */
final class PlayedHub {
    final VirtualRuntime runtime = new VirtualRuntime();
    final FakeSockets sockets = new FakeSockets(runtime);
    final List<StateChange> states = new ArrayList<>();
    final List<SessionStart> sessions = new ArrayList<>();
    final HubClient client;
    private FakeSocket socket;
    private int sessionCount;

    PlayedHub() {
        this(it -> {});
    }

    PlayedHub(Consumer<HubClient> listen) {
        this(listen, builder -> builder);
    }

    PlayedHub(Consumer<HubClient> listen, UnaryOperator<HubClientBuilder> settings) {
        runtime.chance(() -> 0.5);
        client = settings.apply(HubClient.builder(URI.create("ws://hub.example/ws")))
                .listen(it -> it.onState(states::add))
                .listen(it -> it.onSession(sessions::add))
                .listen(listen)
                .connect(runtime, sockets);
        runtime.settle();
    }

    /** Connected, in a new session. */
    static PlayedHub connected() {
        return connected(it -> {});
    }

    static PlayedHub connected(Consumer<HubClient> listen) {
        PlayedHub hub = new PlayedHub(listen);
        hub.begin();
        return hub;
    }

    /** Takes the client's next connection; its hello is still to be read. */
    FakeSocket accept() {
        if (!runtime.advanceUntil(30_000, sockets::hasNext)) {
            throw new AssertionError("the client does not connect");
        }
        socket = sockets.next();
        runtime.settle();
        return socket;
    }

    /** Takes the next connection, and begins a session. */
    void begin() {
        accept();
        takeSent();
        say("{\"event\":\"hub/hello\",\"data\":{\"client\":\"c\",\"session\":\"secret-" + ++sessionCount
                + "\",\"resumed\":false,\"seq\":0,\"reason\":\"none\"},\"code\":0,\"timestamp\":1}");
    }

    /** Takes the next connection, and goes on with the session, in these groups. */
    void resume(String... groups) {
        accept();
        takeSent();
        say("{\"event\":\"hub/hello\",\"data\":{\"client\":\"c\",\"session\":\"secret-" + ++sessionCount
                + "\",\"resumed\":true,\"seq\":0" + groups(groups) + "},\"code\":0,\"timestamp\":1}");
    }

    private static String groups(String... names) {
        return names.length == 0 ? "" : ",\"groups\":[\"" + String.join("\",\"", names) + "\"]";
    }

    void say(String text) {
        socket.say(text);
    }

    /** A counted message. */
    void push(long number, String event, String data) {
        say("[" + number + ",{\"event\":\"" + event + "\",\"data\":" + data + ",\"code\":0,\"timestamp\":1}]");
    }

    void answer(long number, String event, String id, String data) {
        say("[" + number + ",{\"event\":\"" + event + "\",\"data\":" + data + ",\"code\":0,\"timestamp\":1,\"id\":\""
                + id + "\"}]");
    }

    void refuse(long number, String event, String id, int code) {
        say("[" + number + ",{\"event\":\"" + event + "\",\"code\":" + code
                + ",\"errorMsg\":\"no\",\"timestamp\":1,\"id\":\"" + id + "\"}]");
    }

    void close(int code) {
        socket.closeByHub(code);
    }

    FakeSocket socket() {
        return socket;
    }

    void advance(Duration duration) {
        runtime.advance(duration);
    }

    /** What the client has sent since the last call. */
    List<String> takeSent() {
        runtime.settle();
        List<String> taken = List.copyOf(socket.sent);
        socket.sent.clear();
        return taken;
    }

    /** Reads what the client had to hold back, one message after another; returns how many that were, the one on its way among them. */
    int readHeldBack() {
        int read = 0;
        do {
            socket.completeSend(null);
            read++;
        } while (!takeSent().isEmpty());
        return read;
    }

    /** Why a request failed. */
    RequestFailedException failureOf(CompletionStage<?> stage) {
        runtime.settle();
        List<Throwable> failures = new ArrayList<>();
        stage.whenComplete((value, failure) -> failures.add(failure));
        if (failures.isEmpty() || !(failures.get(0) instanceof RequestFailedException failed)) {
            throw new AssertionError("it has not failed: " + failures);
        }
        return failed;
    }

    static <T> T valueOf(CompletionStage<T> stage) {
        return stage.toCompletableFuture().getNow(null);
    }

    static boolean isOpen(CompletionStage<?> stage) {
        return !((CompletableFuture<?>) stage).isDone();
    }
}
