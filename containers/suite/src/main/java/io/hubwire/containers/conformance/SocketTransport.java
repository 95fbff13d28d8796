// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import static io.hubwire.containers.OwnThread.OWN_THREAD;

import io.hubwire.Hub;
import io.hubwire.testkit.ClientTransport;
import io.hubwire.testkit.ConnectRequest;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plain sockets over loopback. Not the JDK's client, which forgets an end of stream that it finds while its listener is still busy with
 * the message before: who waits for that end waits for ever.
 */
public final class SocketTransport implements ClientTransport {
    private final SharedServer server;
    private final int port;
    private final Set<SocketLink> links = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Hub hub;

    SocketTransport(SharedServer server) {
        this(server, server.port());
    }

    /** Another port leads to the server, as that of a proxy. */
    public SocketTransport(SharedServer server, int port) {
        this.server = server;
        this.port = port;
    }

    @Override
    public void start(Hub served) {
        hub = served;
    }

    /** Returns before the answer is there. */
    @Override
    public void connect(ConnectRequest request, Answer answer) throws IOException {
        SharedServer.Guest guest = server.expect(hubInService(), answer);
        RawHandshake handshake = RawPeer.to(port).path(targetOf(request)).header(SharedServer.GUEST, guest.id());
        request.headers().forEach(handshake::header);
        List<String> offered = request.subprotocols();
        if (!offered.isEmpty()) {
            handshake.header("Sec-WebSocket-Protocol", String.join(", ", offered));
        }
        RawPeer peer = handshake.send().patience(Duration.ZERO); // a read waits for as long as there is a connection
        SocketLink link = new SocketLink(peer);
        links.add(link);
        OWN_THREAD.execute(() -> awaitReply(peer, offered, guest, link));
    }

    private Hub hubInService() {
        Hub served = hub;
        if (served == null) {
            throw new IllegalStateException("the transport serves no hub yet");
        }
        return served;
    }

    private static String targetOf(ConnectRequest request) {
        String query =
                request.query().entrySet().stream().map(SocketTransport::encode).collect(Collectors.joining("&"));
        return request.path() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encode(Map.Entry<String, String> parameter) {
        return encode(parameter.getKey()) + "=" + encode(parameter.getValue());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Over the network an open socket may be there before the session; a test wants both. */
    private void awaitReply(RawPeer peer, List<String> offered, SharedServer.Guest guest, SocketLink link) {
        try {
            HttpReply reply = peer.reply();
            if (reply.isUpgraded()) {
                requireOffered(reply, offered);
                var unused = guest.session().thenRunAsync(() -> link.open(guest.answer()), OWN_THREAD);
            } else {
                forget(link);
                guest.answer().refused(reply.status(), "", retryAfter(reply));
            }
        } catch (IOException e) {
            forget(link);
            guest.answer().failed(new IOException("the handshake failed", e));
        }
    }

    private static void requireOffered(HttpReply reply, List<String> offered) throws IOException {
        Optional<String> chosen = reply.header("Sec-WebSocket-Protocol");
        if (chosen.filter(name -> !offered.contains(name)).isPresent()) {
            throw new IOException("the server chose a subprotocol that was not offered: " + reply);
        }
    }

    private static Optional<Duration> retryAfter(HttpReply reply) {
        return reply.header("Retry-After").map(Long::valueOf).map(Duration::ofSeconds);
    }

    private void forget(SocketLink link) {
        links.remove(link);
        link.drop();
    }

    @Override
    public void close() {
        links.forEach(SocketLink::drop);
    }
}
