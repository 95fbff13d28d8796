// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How a connection begins, or does not. */
final class OpenRules {
    private static final CloseReason REASON = new CloseReason(4400, "and goodbye");

    private OpenRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "OPEN-01",
                        "The hub may send while open runs and close when that is sent: the peer receives both, in order.",
                        OpenRules::sendAndCloseWhileOpening),
                RuleCheck.must(
                        "OPEN-02",
                        "Path, query, headers, bearer token and offered subprotocols of the handshake reach the hub.",
                        OpenRules::handshakeData),
                RuleCheck.must(
                        "OPEN-03",
                        "A refused handshake is answered with the hub's HTTP status and Retry-After, at once or after a"
                                + " while, and never opened.",
                        OpenRules::refusals),
                RuleCheck.must(
                        "OPEN-04",
                        "The hub may close while open runs: the peer is upgraded and receives that close, and the end is"
                                + " reported once.",
                        OpenRules::closeWhileOpening),
                RuleCheck.must(
                        "OPEN-05",
                        "A handshake whose decision comes later, on another thread, is upgraded then.",
                        OpenRules::lateDecision),
                RuleCheck.must(
                        "OPEN-06",
                        "Nothing is reported before open has returned, and open is called once.",
                        OpenRules::nothingBeforeOpen),
                RuleCheck.should(
                        "OPEN-07",
                        "A text in the same write as the handshake is not lost.",
                        OpenRules::textBehindTheHandshake),
                RuleCheck.should(
                        "OPEN-08",
                        "A place whose peer was reset while the decision was pending is released, or opened and ended, within 2 s.",
                        OpenRules::peerGoneBeforeTheDecision));
    }

    private static void sendAndCloseWhileOpening(Trial trial) throws Exception {
        trial.whenOpened(place -> place.connection().send(Frame.of("welcome"), failure -> {
            var unused = trial.apart(() -> place.close(REASON));
        }));
        Link link = trial.open();

        trial.equal("the first text at the peer", "welcome", link.peer().receiveText());
        RawFrame close = link.peer().receiveClose();
        trial.equal("the code of the close frame", REASON.code(), close.closeCode());
        link.peer().answer(close);
        trial.awaitOneEnd(link.place());
    }

    private static void handshakeData(Trial trial) throws Exception {
        CompletableFuture<Handshake> seen = new CompletableFuture<>();
        trial.judging(handshake -> {
            seen.complete(handshake);
            return CompletableFuture.completedFuture(trial.newPlace());
        });
        trial.open(ClientHandshake.to(TransportUnderTest.PATH + "?room=a%20b&lang=de&room=c")
                .header("Authorization", "Bearer abc.def")
                .header("X-Client", "kit")
                .header("Sec-WebSocket-Protocol", "chat, hubwire.v1"));

        Handshake handshake = seen.join();
        trial.check(handshake.path().endsWith(TransportUnderTest.PATH), "a path that ends with /ws", handshake::path);
        trial.equal("the query parameter room", Optional.of("a b"), handshake.query("room"));
        trial.equal("the query parameter lang", Optional.of("de"), handshake.query("lang"));
        trial.equal("a query parameter that is not there", Optional.empty(), handshake.query("none"));
        trial.equal("the header x-client", Optional.of("kit"), handshake.header("x-client"));
        trial.equal("a header that is not there", Optional.empty(), handshake.header("X-None"));
        trial.equal("the bearer token", Optional.of("abc.def"), handshake.token());
        trial.equal("the offered subprotocols", List.of("chat", "hubwire.v1"), handshake.subprotocols());
    }

    private static void refusals(Trial trial) throws Exception {
        expectRefusal(trial, 401, Optional.empty(), false);
        expectRefusal(trial, 403, Optional.empty(), true);
        expectRefusal(trial, 429, Optional.of(Duration.ofSeconds(7)), false);
        expectRefusal(trial, 503, Optional.of(Duration.ofSeconds(5)), true);
    }

    private static void expectRefusal(Trial trial, int status, Optional<Duration> retryAfter, boolean isLate)
            throws Exception {
        HandshakeResult refusal = new HandshakeResult.Refused(status, retryAfter, "no");
        trial.judging(handshake -> {
            CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
            decideLater(trial, isLate, decision, refusal);
            return decision;
        });
        try (LoggedPeer peer = trial.dial(Trial.handshake())) {
            HttpReply reply = peer.reply();
            trial.equal("the HTTP status", status, reply.status());
            Optional<String> seconds = retryAfter.map(time -> Long.toString(time.toSeconds()));
            trial.equal("the header Retry-After with " + status, seconds, reply.header("Retry-After"));
        }
    }

    private static void decideLater(
            Trial trial, boolean isLate, CompletableFuture<HandshakeResult> decision, HandshakeResult result) {
        if (isLate) {
            decision.completeOnTimeout(result, trial.moment().toMillis() / 5, TimeUnit.MILLISECONDS);
        } else {
            decision.complete(result);
        }
    }

    private static void closeWhileOpening(Trial trial) throws Exception {
        CloseReason reason = new CloseReason(4001, "unauthenticated");
        trial.whenOpened(place -> place.close(reason));
        Link link = trial.open();

        RawFrame close = link.peer().receive();
        trial.equal("the code of the close frame", reason.code(), close.closeCode());
        link.peer().answer(close);
        trial.awaitOneEnd(link.place());
    }

    private static void lateDecision(Trial trial) throws Exception {
        trial.judging(handshake -> {
            CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
            decideLater(trial, true, decision, trial.newPlace());
            return decision;
        });
        Link link = trial.open();

        link.echoToHub(trial, "hello");
        link.tellPeer(trial, "hello");
    }

    private static void nothingBeforeOpen(Trial trial) throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        trial.whenOpened(place -> sent.completeOnTimeout(null, trial.moment().toMillis() / 2, TimeUnit.MILLISECONDS)
                .join());
        LoggedPeer peer = trial.dial(Trial.handshake());
        CompletableFuture<Void> sending = trial.apart(() -> {
            peer.reply();
            peer.send(RawFrame.text("early"), RawFrame.of(RawFrame.PONG), RawFrame.close(1000, ""));
        });
        Place place = trial.nextOpened();

        trial.await("the end", place::isEnded);
        trial.finish("the peer to send", sending, trial.patience());
        trial.equal("the number of calls before open had returned", 0, place.earlyCallCount());
        trial.equal("the number of calls of open", 1, place.openCount());
        trial.equal("the texts at the hub", List.of("early"), place.texts());
    }

    private static void textBehindTheHandshake(Trial trial) throws Exception {
        Link link = trial.open(Trial.handshake().followedBy(RawFrame.text("early"), RawFrame.text("too")));

        trial.await("two texts at the hub", () -> link.place().textCount() == 2);
        trial.equal(
                "the texts at the hub", List.of("early", "too"), link.place().texts());
    }

    private static void peerGoneBeforeTheDecision(Trial trial) throws Exception {
        CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
        CompletableFuture<Handshake> asked = new CompletableFuture<>();
        trial.judging(handshake -> {
            asked.complete(handshake);
            return decision;
        });
        Place place = trial.newPlace();
        LoggedPeer peer = trial.dial(Trial.handshake());
        trial.finish("the handshake to reach the hub", asked, trial.patience());

        peer.reset();
        decision.complete(place);

        trial.await(
                "the place to be released, or opened and ended",
                trial.promptly(),
                () -> place.releaseCount() > 0 || (place.openCount() > 0 && place.isEnded()));
    }
}
