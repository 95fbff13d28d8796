// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubwire.client.internal.ClientRuntime;
import io.hubwire.client.internal.ClientSettings;
import io.hubwire.client.internal.DefaultHubClient;
import io.hubwire.client.internal.JakartaSockets;
import io.hubwire.client.internal.SharedRuntime;
import io.hubwire.client.internal.SocketOpener;
import io.hubwire.client.internal.Wire;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the settings of one client. Not thread-safe; {@link #connect()} may be called more than once, for another client each. */
public final class HubClientBuilder {
    private final URI uri;
    private final List<Consumer<? super HubClient>> listeners = new ArrayList<>();
    private Function<? super TokenCause, ? extends CompletionStage<String>> token =
            cause -> CompletableFuture.completedFuture("");
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private int queuedMessages = 64;
    private int queuedBytes = 256 << 10;
    private @Nullable Executor executor;
    private @Nullable WebSocketContainer container;
    private @Nullable ObjectMapper mapper;

    HubClientBuilder(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is not an address of a hub: it does not begin with ws: or wss:");
        }
        this.uri = uri;
    }

    /**
     * Where tokens come from: asked before each connection, and when the hub says that the last one expires. A failure, or nothing within
     * 30 s, counts as a failed connection; an empty text means none. Default: none, and the hub decides whether it takes strangers.
     */
    public HubClientBuilder token(Supplier<? extends CompletionStage<String>> source) {
        Objects.requireNonNull(source, "source");
        return tokenFor(cause -> source.get());
    }

    /** The same for a source that wants to know why it is asked, to drop a token that it has kept. */
    public HubClientBuilder tokenFor(Function<? super TokenCause, ? extends CompletionStage<String>> source) {
        token = Objects.requireNonNull(source, "source");
        return this;
    }

    /** Registers handlers before the first connection, so that they miss nothing. */
    public HubClientBuilder listen(Consumer<? super HubClient> registration) {
        listeners.add(Objects.requireNonNull(registration, "registration"));
        return this;
    }

    /**
     * How long a request waits for its answer unless it says otherwise; default 30 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public HubClientBuilder requestTimeout(Duration timeout) {
        requestTimeout = ClientSettings.positive("requestTimeout", timeout);
        return this;
    }

    /**
     * How long a connection may take to open before it is given up; default 10 s. Some containers, Tyrus for one, do not tell of a peer that
     * goes away before it has answered the handshake. The container of the class path, if it is Tyrus, takes 10 s at most.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public HubClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = ClientSettings.positive("connectTimeout", timeout);
        return this;
    }

    /**
     * How much may wait for a connection; default 64 messages, as many as a hub takes at a time by default, and 256 KiB. What does not
     * fit is refused.
     *
     * @throws IllegalArgumentException if either is negative
     */
    public HubClientBuilder queueAtMost(int messages, int bytes) {
        if (messages < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a queue of " + messages + " messages and " + bytes + " bytes cannot be");
        }
        queuedMessages = messages;
        queuedBytes = bytes;
        return this;
    }

    /** Where callbacks run; default: a few daemon threads that all clients share. */
    public HubClientBuilder executor(Executor callbacks) {
        executor = Objects.requireNonNull(callbacks, "callbacks");
        return this;
    }

    /**
     * The container that opens connections; default: the one that the class path offers, shared by all clients. Give Tyrus its property
     * {@code org.glassfish.tyrus.client.sharedContainer}, or it makes threads for each connection; with the default it has it.
     */
    public HubClientBuilder container(WebSocketContainer webSockets) {
        container = Objects.requireNonNull(webSockets, "webSockets");
        return this;
    }

    /** Reads and writes payloads; copied. Default: times as ISO 8601, unknown fields are ignored. */
    public HubClientBuilder mapper(ObjectMapper payloads) {
        mapper = payloads.copy();
        return this;
    }

    /**
     * Makes the client, and begins to connect. Returns at once.
     *
     * @throws IllegalStateException if no container was given, and the class path offers none
     */
    public HubClient connect() {
        SocketOpener sockets = container == null ? ofClassPath() : JakartaSockets.of(container);
        return connect(executor == null ? SharedRuntime.shared() : SharedRuntime.calling(executor), sockets);
    }

    private static SocketOpener ofClassPath() {
        try {
            return JakartaSockets.shared();
        } catch (LinkageError missing) { // neither the API nor, with the API, an implementation
            throw new IllegalStateException(
                    "there is no WebSocket container on the class path; org.glassfish.tyrus.bundles:tyrus-standalone-client is one",
                    missing);
        }
    }

    /** With another clock and other sockets. */
    HubClient connect(ClientRuntime runtime, SocketOpener sockets) {
        ClientSettings settings =
                new ClientSettings(uri, token, connectTimeout, requestTimeout, queuedMessages, queuedBytes);
        DefaultHubClient client =
                new DefaultHubClient(settings, runtime, sockets, mapper == null ? Wire.standard() : Wire.using(mapper));
        listeners.forEach(registration -> registration.accept(client));
        client.start();
        return client;
    }
}
