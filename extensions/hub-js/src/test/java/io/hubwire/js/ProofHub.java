// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.StandardEvents;
import io.hubwire.jakarta.HubEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The hub that the browser talks to, in a process of its own on Tomcat, so that it can be killed. */
final class ProofHub implements HubModule {
    private static final String ROOM = "room-1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final EventType<Integer> SAY = EventType.of("say", Integer.class);
    private static final RequestType<Integer, Integer> COUNT = RequestType.of("count", Integer.class, Integer.class);
    private static final RequestType<Integer, Integer> TWICE = RequestType.of("twice", Integer.class, Integer.class);
    private static final RequestType<Void, Boolean> BEGIN = RequestType.withoutPayload("begin", Boolean.class);
    private static final RequestType<Void, Boolean> STOP = RequestType.withoutPayload("stop", Boolean.class);
    private static final RequestType<Void, Boolean> LEAVE_LATER =
            RequestType.withoutPayload("leave-later", Boolean.class);

    private final LineFile record;
    private final Ticker ticker;
    private volatile boolean isLeavingLater;

    private ProofHub(LineFile record, Ticker ticker) {
        this.record = record;
        this.ticker = ticker;
    }

    /** Serves until it is killed. Arguments: port, folder of the pages, file of the record, name of the streams. */
    public static void main(String[] arguments) throws Exception {
        LineFile record = new LineFile(Path.of(arguments[2]));
        Ticker ticker = new Ticker(record, arguments[3], ROOM);
        Hub hub = Hub.builder()
                .install(new ProofHub(record, ticker))
                .heartbeat(HeartbeatPolicy.pingEvery(Duration.ofSeconds(5)))
                .limits(InboundLimits.defaults().eventsPerSecond(10_000, 10_000).mailbox(10_000, 1 << 20))
                .outbox(OutboxPolicy.atMost(20_000, 8 << 20))
                .resume(ResumePolicy.defaults().atMost(20_000, 8 << 20))
                .build();
        ticker.tickFor(hub);
        Tomcat tomcat = serve(hub, Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        System.out.println("listening");
        tomcat.getServer().await();
    }

    /** As any web application is served: what the web jar has comes from the class path by itself. */
    private static Tomcat serve(Hub hub, int port, Path pages) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(pages.resolveSibling("tomcat").toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setThrowOnFailure(true);
        Context context = tomcat.addWebapp("", pages.toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> HubEndpoint.serving(hub).at("/ws").deployTo(servlets), null);
        tomcat.start();
        return tomcat;
    }

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow(ROOM)))
                .emits(Ticker.NOTE)
                .on(SAY, (client, number) -> record.write("said " + number))
                .onRequest(COUNT, (client, number) -> count(number))
                .onRequestAsync(TWICE, ProofHub::twice)
                .onRequest(BEGIN, (client, none) -> ticker.turn(true))
                .onRequest(STOP, (client, none) -> ticker.turn(false))
                .onRequest(LEAVE_LATER, (client, none) -> isLeavingLater = true)
                .onDetach((client, reason) -> leave(client))
                .onDisconnect((client, reason) -> record.write("ended " + reason.code()));
    }

    private int count(int number) {
        record.write("counted " + number);
        return number;
    }

    /** Asks the client for one half of the answer. */
    private static CompletionStage<Integer> twice(Client client, int number) {
        return client.ask(RequestType.of("same", Integer.class, Integer.class), number, PATIENCE)
                .thenApply(same -> same + number);
    }

    private void leave(Client client) {
        if (isLeavingLater) {
            isLeavingLater = false;
            client.leave(ROOM, "closed");
        }
    }
}
