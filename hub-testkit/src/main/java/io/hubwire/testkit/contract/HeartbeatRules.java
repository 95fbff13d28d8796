// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.OutboxPolicy;
import java.time.Duration;
import java.util.List;

/** How the hub finds out that a peer is gone. */
final class HeartbeatRules {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int HEARTBEAT_TIMEOUT = 4201;

    private HeartbeatRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must("HB-01", "A ping of the hub reaches the peer.", HeartbeatRules::pings),
                RuleCheck.must("HB-02", "A pong is reported, asked for or not.", HeartbeatRules::pongs),
                RuleCheck.must(
                        "HB-03",
                        "A peer that answers no ping is ended by the hub's heartbeat: it receives 4201, and is cut off if it"
                                + " does not answer that either.",
                        HeartbeatRules::silentPeer));
    }

    private static void pings(Trial trial) throws Exception {
        Link link = trial.open();
        for (int i = 0; i < 3; i++) {
            trial.promptly("ping", link.place()::ping);
            trial.equal(
                    "the opcode of the frame at the peer",
                    RawFrame.PING,
                    link.peer().receive().opcode());
        }
    }

    private static void pongs(Trial trial) throws Exception {
        Link link = trial.open();
        link.peer().send(RawFrame.of(RawFrame.PONG));
        trial.await("a pong that was not asked for", () -> link.place().pongCount() == 1);

        link.place().ping();
        RawFrame ping = link.peer().receive();
        link.peer().send(RawFrame.of(RawFrame.PONG, ping.payload()));
        trial.await("the pong that was asked for", () -> link.place().pongCount() == 2);
    }

    private static void silentPeer(Trial trial) throws Exception {
        RealHub hub = trial.realHub(builder -> builder.heartbeat(HeartbeatPolicy.pingEvery(INTERVAL)
                        .answerWithin(INTERVAL)
                        .jitter(0))
                .outbox(OutboxPolicy.defaults().closeGrace(INTERVAL)));
        LoggedPeer peer = trial.dial(Trial.handshake());
        peer.reply();

        trial.equal(
                "the opcode of the frame at the peer",
                RawFrame.PING,
                peer.receive().opcode());
        trial.await("the end of the session", () -> !hub.ends().isEmpty());
        trial.equal(
                "the code of the session's end",
                HEARTBEAT_TIMEOUT,
                hub.ends().get(0).code());
        trial.equal(
                "the code of the close frame",
                HEARTBEAT_TIMEOUT,
                peer.receiveClose().closeCode());
        trial.check(peer.isCutWithin(trial.promptly().plus(INTERVAL)), "a peer that is cut off", () -> "it is not");
    }
}
