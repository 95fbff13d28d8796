// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many connections, and the end of the transport itself. */
final class LifeRules {
    private static final int OPEN_AT_THE_STOP = 20;
    private static final int VISITS = 1_000;
    private static final int FEW = 20;
    private static final int CROWD = 200;
    private static final int TEXTS_EACH = 50;

    private LifeRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.should(
                        "LIFE-01",
                        "When the transport is stopped, it closes the hub while connections still live: every peer receives"
                                + " 1012, or 1001 from the transport.",
                        LifeRules::goodbyes),
                RuleCheck.must(
                        "LIFE-02",
                        "After 1000 connections that ended in every way, no connection, handler, socket or thread of theirs"
                                + " stays.",
                        LifeRules::nothingStays),
                RuleCheck.must(
                        "LIFE-03",
                        "When the transport is stopped, every open connection ends, and its end is reported once.",
                        LifeRules::endsAtTheStop),
                RuleCheck.must(
                                "LOAD-01",
                                "200 connections at a time, with 50 texts each way, keep the order of each.",
                                LifeRules::crowd)
                        .stochastic());
    }

    private static void goodbyes(Trial trial) throws Exception {
        Trial other = trial.elsewhere();
        RealHub hub = other.realHub(builder -> builder);
        List<LoggedPeer> peers = new ArrayList<>();
        for (int i = 0; i < OPEN_AT_THE_STOP; i++) {
            LoggedPeer peer = other.dial(Trial.handshake());
            other.equal(
                    "the status of the answer to the handshake",
                    101,
                    peer.reply().status());
            peers.add(peer);
        }
        other.await("all sessions to begin", () -> hub.clientCount() == OPEN_AT_THE_STOP);

        CompletableFuture<Void> stopping = trial.apart(other::stopTransport);

        for (LoggedPeer peer : peers) {
            RawFrame close = peer.receiveClose();
            int code = close.closeCode();
            trial.check(code == 1012 || code == 1001, "1012 or 1001 at " + peer, () -> "" + code);
            peer.answer(close);
        }
        trial.finish("the transport to stop", stopping, trial.patience().multipliedBy(2));
    }

    private static void endsAtTheStop(Trial trial) throws Exception {
        Trial other = trial.elsewhere();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < OPEN_AT_THE_STOP; i++) {
            links.add(other.open());
        }

        CompletableFuture<Void> stopping = trial.apart(other::stopTransport);

        for (Link link : links) {
            link.peer().awaitEnd();
            other.await("onClosed at " + link.place(), link.place()::isEnded);
        }
        trial.finish("the transport to stop", stopping, trial.patience().multipliedBy(2));
        for (Link link : links) {
            other.equal(
                    "the number of ends at " + link.place(),
                    1,
                    link.place().ends().size());
        }
    }

    private static void nothingStays(Trial trial) throws Exception {
        visit(trial, FEW);
        int threads = JvmResources.threads();
        long files = JvmResources.openFiles();
        List<WeakReference<?>> remains = visit(trial, VISITS);

        trial.await("handlers and connections to be collected", () -> remaining(remains) <= FEW);
        trial.await("sockets to be closed", () -> JvmResources.openFiles() <= files + FEW);
        trial.await("threads to end", () -> JvmResources.threads() <= threads + FEW * 10);
    }

    private static long remaining(List<WeakReference<?>> remains) {
        System.gc();
        return remains.stream().filter(reference -> reference.get() != null).count();
    }

    /** Peers come and go one after another; what stays of them is nothing but what the transport keeps. */
    private static List<WeakReference<?>> visit(Trial trial, int visits) throws Exception {
        List<WeakReference<?>> remains = new ArrayList<>();
        Visitors visitors = new Visitors(trial);
        for (int i = 0; i < visits; i++) {
            remains.addAll(visitors.visit(i));
        }
        trial.log().add("peers", visits + " have come and gone");
        return remains;
    }

    private static void crowd(Trial trial) throws Exception {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            links.add(trial.open());
        }
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int share = 0; share < 4; share++) {
            List<Link> some = links.subList(share * CROWD / 4, (share + 1) * CROWD / 4);
            all.add(trial.apart(() -> talk(trial, some)));
            all.add(trial.apart(() -> listen(trial, some)));
        }
        for (CompletableFuture<Void> one : all) {
            trial.finish("the crowd to come through", one, trial.patience().multipliedBy(3));
        }
        List<String> expected =
                IntStream.range(0, TEXTS_EACH).mapToObj(i -> "text " + i).toList();
        for (Link link : links) {
            trial.await("all texts at " + link.place(), () -> link.place().textCount() >= TEXTS_EACH);
            trial.equal("the texts at " + link.place(), expected, link.place().texts());
        }
    }

    private static void talk(Trial trial, List<Link> links) throws Exception {
        for (int i = 0; i < TEXTS_EACH; i++) {
            for (Link link : links) {
                link.peer().sendText("text " + i);
                Sent sent = link.place().send("text " + i);
                trial.await("the send to complete", sent::isOver);
            }
        }
    }

    private static void listen(Trial trial, List<Link> links) {
        for (int i = 0; i < TEXTS_EACH; i++) {
            for (Link link : links) {
                trial.equal(
                        "the next text at " + link.peer(),
                        "text " + i,
                        link.peer().receiveText());
            }
        }
    }
}
