// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.HandshakeResult;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Stands on a hub's path: judges each handshake, and upgrades it or refuses it with plain HTTP. Thread-safe.
 *
 * <p>A decision that takes time does not hold the thread: the request goes asynchronous and comes back to
 * {@link #service} when it is made. Upgrades happen there and nowhere else, since some containers allow them only on
 * their own thread and within the request's dispatch (Undertow).
 */
@SuppressWarnings("serial") // no servlet container serialises servlets
final class UpgradeServlet extends HttpServlet {
    private static final QuietLog NOT_ASYNCHRONOUS = new QuietLog(UpgradeServlet.class);

    private final Hub hub;
    private final PathTemplate path;
    private final UpgradeRules rules;
    private final TokenSources tokens;
    private final SocketUpgrade upgrade;

    UpgradeServlet(Hub hub, PathTemplate path, UpgradeRules rules, TokenSources tokens) {
        this.hub = hub;
        this.path = path;
        this.rules = rules;
        this.tokens = tokens;
        this.upgrade = new SocketUpgrade(path.toString());
    }

    @Override
    public void init() throws ServletException {
        upgrade.findContainer(getServletContext());
    }

    /** Runs before the container's listeners are told, while connections can still be written to on most containers. */
    @Override
    public void destroy() {
        hub.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<HandshakeResult> decided = PendingAdmission.takeDecision(request);
        if (decided.isPresent()) {
            answer(decided.get(), request, response);
        } else {
            begin(request, response);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<HttpRefusal> refusal = rules.judge(request);
        Optional<Map<String, String>> pathParams = path.match(ServletHandshake.pathWithin(request));
        Optional<QueryString> query = QueryString.parse(request.getQueryString());
        if (refusal.isPresent()) {
            refusal.get().writeTo(response);
        } else if (pathParams.isEmpty()) {
            HttpRefusal.of(404, "no WebSocket endpoint here").writeTo(response);
        } else if (query.isEmpty()) {
            HttpRefusal.of(400, "malformed query").writeTo(response);
        } else {
            admit(new ServletHandshake(request, query.get(), pathParams.get(), tokens), request, response);
        }
    }

    private void admit(ServletHandshake handshake, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ConnectionAcceptor acceptor = hub.acceptor();
        CompletableFuture<HandshakeResult> admission = acceptor.admit(handshake)
                .whenComplete((result, failure) -> handshake.close())
                .toCompletableFuture();
        if (admission.isDone()) {
            answer(admission.join(), request, response);
        } else if (request.isAsyncSupported()) {
            PendingAdmission.begin(request, response, admission, acceptor.admissionTimeout());
        } else {
            var unused = admission.thenAccept(SocketUpgrade::giveUp);
            NOT_ASYNCHRONOUS.log(
                    System.Logger.Level.ERROR,
                    "a handshake got 500: the authenticator is asynchronous, but a filter or wrapper before '" + path
                            + "' does not support asynchronous requests; set its async-supported");
            HttpRefusal.of(500, "asynchronous requests are not supported here").writeTo(response);
        }
    }

    private void answer(HandshakeResult result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (result instanceof HandshakeResult.Accepted place) {
            upgrade.perform(place, request, response);
        } else if (result instanceof HandshakeResult.Refused refused) {
            HttpRefusal.of(refused).writeTo(response);
        }
    }
}
