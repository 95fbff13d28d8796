// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.LoginPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.Server;
import io.hubwire.testkit.network.CutPlan;
import io.hubwire.testkit.network.DeliveryHistory.Verdict;
import io.hubwire.testkit.network.Direction;
import io.hubwire.testkit.network.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A hub on the container, clients of it behind a proxy that cuts every connection, and what they come to. */
final class CutStage implements AutoCloseable {
    /** Some cuts fall into the handshake, most behind it. */
    private static final long MOST_TO_SERVER = 3_000;

    private static final long MOST_TO_CLIENT = 40_000;
    private static final int GUESTS_IN_A_ROOM = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Figures figures = new Figures();
    private final List<Guest> guests;
    private final Map<String, Guest> byUser;
    private final Hub hub;
    private final Server server;
    private final FaultProxy proxy;
    private final Scale scale;
    private long took;

    CutStage(Scale scale, Duration orderTime, UnaryOperator<HubBuilder> settings) {
        this.scale = scale;
        this.guests = IntStream.range(0, scale.clients())
                .mapToObj(i -> new Guest("user-" + i, "room-" + i / GUESTS_IN_A_ROOM, figures, orderTime))
                .toList();
        this.byUser = guests.stream().collect(Collectors.toMap(Guest::user, Function.identity()));
        this.hub = settings.apply(open()).build();
        this.server = Server.of(hub);
        this.proxy = FaultProxy.to(server.port());
    }

    /** A hub that has no limits in the way of clients that come back all the time. */
    private HubBuilder open() {
        return Hub.builder()
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .authenticator(
                        handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
                .login(LoginPolicy.ANY_NUMBER)
                .connections(ConnectionLimits.defaults()
                        .total(100_000)
                        .perUser(10_000)
                        .handshakesPerSecond(100_000, 100_000))
                .limits(InboundLimits.defaults()
                        .eventsPerSecond(100_000, 100_000)
                        .bytesPerSecond(1 << 30, 1 << 30)
                        .mailbox(10_000, 1 << 24))
                .on(
                        Guest.SAY,
                        (client, number) -> byUser.get(client.requireUser().id())
                                .hear(client.id(), number)
                                .ifPresent(reply -> client.send(Note.TYPE, Note.of(Path.REPLY.word(), reply))))
                .onRequest(
                        Guest.ORDER,
                        (client, number) ->
                                byUser.get(client.requireUser().id()).handle(number))
                .emits(Note.TYPE);
    }

    /** Cuts and sends until there was enough of both; then lets everything that is on its way arrive. */
    void run(Senders senders, long seed) {
        long start = System.nanoTime();
        guests.forEach(guest -> guest.connect(proxy.instead(server.uri("/ws"))));
        soon(() -> guests.stream().allMatch(Guest::isReady));
        proxy.cutEach(CutPlan.atRandom(seed, MOST_TO_SERVER, MOST_TO_CLIENT));
        proxy.cut(); // whose connections were made before there was a plan
        CompletableFuture<Void> sending = senders.start();
        soon(() -> sending.isDone() || proxy.cuts() >= scale.cuts() && figures.applied() >= scale.messages());
        senders.close();
        soon(sending::isDone);
        proxy.cutEach(CutPlan.never());
        proxy.cut();
        took = System.nanoTime() - start;
        sending.join();
    }

    /** Waits until every order is decided and everything that was sent has arrived; {@code meanwhile} runs now and then. */
    void settle(Runnable meanwhile) {
        soon(() -> guests.stream().allMatch(guest -> guest.isReady() && guest.openOrders() == 0));
        soon(() -> {
            if (guests.stream().allMatch(guest -> guest.received().pending() == 0)) {
                return true;
            }
            meanwhile.run();
            return false;
        });
    }

    /** Fails at once when something happened that must not. */
    private void soon(BooleanSupplier condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> condition.getAsBoolean() || !figures.broken().isEmpty());
        assertThat(figures.broken()).isEmpty();
    }

    Hub hub() {
        return hub;
    }

    List<Guest> guests() {
        return guests;
    }

    Figures figures() {
        return figures;
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Of all that the hub sent. */
    Verdict received() {
        return guests.stream()
                .map(guest -> guest.received().verdict())
                .reduce(Verdict::plus)
                .orElseThrow();
    }

    /** Of all that the clients sent. */
    Verdict said() {
        return guests.stream()
                .map(guest -> guest.said().verdict())
                .reduce(Verdict::plus)
                .orElseThrow();
    }

    /** Prints what was counted. */
    void print(String title, long seed) {
        Verdict received = received();
        System.out.printf(
                "%s: %d cuts of %d connections in %.1f s, %d MB to clients, %d MB to the hub; %s; of %d sent, lost without a signal %d, "
                        + "applied twice %d, out of order %d, lost with a signal %d; seed %d%n",
                title,
                proxy.cuts(),
                proxy.connections(),
                took / 1e9,
                proxy.bytes(Direction.TO_CLIENT) >> 20,
                proxy.bytes(Direction.TO_SERVER) >> 20,
                figures,
                received.sent(),
                received.lost(),
                received.twice(),
                received.disordered(),
                received.excused(),
                seed);
    }

    @Override
    public void close() {
        guests.forEach(Guest::close);
        proxy.close();
        server.close();
    }
}
