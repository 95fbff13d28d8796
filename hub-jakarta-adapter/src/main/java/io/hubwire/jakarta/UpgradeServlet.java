// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    private static final QuietLog ASYNCHRONOUS_ALREADY = new QuietLog(UpgradeServlet.class);

    private final HandshakeGate gate;
    private final SocketUpgrade upgrade;

    UpgradeServlet(HandshakeGate gate) {
        this.gate = gate;
        this.upgrade = new SocketUpgrade(gate.path().toString());
    }

    @Override
    public void init() throws ServletException {
        upgrade.findContainer(getServletContext());
    }

    /** Runs before the container's listeners are told, while connections can still be written to on most containers. */
    @Override
    public void destroy() {
        gate.hub().close();
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
        CompletableFuture<HandshakeResult> admission = gate.judge(new ServletUpgradeRequest(request));
        if (admission.isDone()) {
            answer(admission.join(), request, response);
        } else if (!request.isAsyncSupported()) {
            refuse(
                    admission,
                    NOT_ASYNCHRONOUS,
                    "does not support asynchronous requests; set its async-supported",
                    response);
        } else if (request.isAsyncStarted()) {
            refuse(admission, ASYNCHRONOUS_ALREADY, "has begun an asynchronous request of its own", response);
        } else {
            PendingAdmission.begin(request, response, admission, gate.admissionTimeout());
        }
    }

    private void refuse(
            CompletableFuture<HandshakeResult> admission, QuietLog log, String why, HttpServletResponse response)
            throws IOException {
        var unused = admission.thenAccept(HandshakeGate::giveUp);
        log.log(
                System.Logger.Level.ERROR,
                "a handshake got 500: the authenticator is asynchronous, but a filter or wrapper before '" + gate.path()
                        + "' " + why);
        ServletReply.write(HttpRefusal.of(500, "asynchronous requests are not supported here"), response);
    }

    private void answer(HandshakeResult result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (result instanceof HandshakeResult.Accepted place) {
            upgrade.perform(place, request, response);
        } else if (result instanceof HandshakeResult.Refused refused) {
            ServletReply.write(HttpRefusal.of(refused), response);
        }
    }
}
