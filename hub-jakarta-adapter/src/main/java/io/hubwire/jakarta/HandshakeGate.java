// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stands before a hub on a path, whatever the container: judges each request by itself (method, headers, origin, path,
 * query), and then asks the hub, which asks the application's authenticator. Thread-safe.
 */
final class HandshakeGate {
    private static final QuietLog FAILED = new QuietLog(HandshakeGate.class);

    private final Hub hub;
    private final PathTemplate path;
    private final UpgradeRules rules;
    private final TokenSources tokens;

    HandshakeGate(Hub hub, PathTemplate path, UpgradeRules rules, TokenSources tokens) {
        this.hub = hub;
        this.path = path;
        this.rules = rules;
        this.tokens = tokens;
    }

    Hub hub() {
        return hub;
    }

    PathTemplate path() {
        return path;
    }

    /** How long a decision may take; the hub keeps to it. */
    Duration admissionTimeout() {
        return hub.acceptor().admissionTimeout();
    }

    /** The decision, which may be there at once or come later, on any thread; never an exception. */
    CompletableFuture<HandshakeResult> judge(UpgradeRequest request) {
        Optional<HandshakeResult.Refused> refusal = rules.judge(request);
        Optional<Map<String, String>> pathParams = path.match(request.pathInApplication());
        Optional<QueryString> query = QueryString.parse(request.query().orElse(""));
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        if (pathParams.isEmpty()) {
            return CompletableFuture.completedFuture(refused(404, "no WebSocket endpoint here"));
        }
        if (query.isEmpty()) {
            return CompletableFuture.completedFuture(refused(400, "malformed query"));
        }
        RequestedHandshake handshake = new RequestedHandshake(request, query.get(), pathParams.get(), tokens);
        return admit(handshake)
                .whenComplete((result, failure) -> handshake.close())
                .exceptionally(HandshakeGate::failed)
                .toCompletableFuture();
    }

    private CompletionStage<HandshakeResult> admit(RequestedHandshake handshake) {
        try {
            return hub.acceptor().admit(handshake);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** No acceptor should fail; if one does, strangers do not learn why. */
    private static HandshakeResult failed(Throwable failure) {
        FAILED.log(System.Logger.Level.ERROR, "a handshake got 500: the hub failed to judge it", failure);
        return refused(500, "internal error");
    }

    /** A refusal that needs no delay. */
    static HandshakeResult.Refused refused(int status, String text) {
        return new HandshakeResult.Refused(status, Optional.empty(), text);
    }

    /** Gives the place back, if there is one, for which no socket will open. */
    static void giveUp(HandshakeResult result) {
        if (result instanceof HandshakeResult.Accepted place) {
            place.release();
        }
    }
}
