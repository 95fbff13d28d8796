// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.SendReport;
import io.hubwire.StandardEvents;
import io.hubwire.Timers;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * An application that uses everything that a hub has, and keeps {@link Books} of it. One for each run; the hub's threads
 * are the test's.
 */
final class Probe implements HubModule {
    record Say(String room, int n) {}

    record Tell(String user, int n) {}

    record Wait(int n, int millis) {}

    /** What is sent: to whom, by whom, and the number of the action that it comes from. */
    record News(String to, String from, int n) {}

    static final EventType<Say> SAY = EventType.of("say", Say.class);
    static final EventType<Say> SAY_TO_OTHERS = EventType.of("sayToOthers", Say.class);
    static final EventType<Say> SAY_IN_TWO = EventType.of("sayInTwo", Say.class);
    static final EventType<Tell> TELL = EventType.of("tell", Tell.class);
    static final EventType<Tell> DISMISS = EventType.of("dismiss", Tell.class);
    static final EventType<Integer> SHOUT = EventType.of("shout", Integer.class);
    static final EventType<Integer> CHATTER = EventType.of("chatter", Integer.class);
    static final EventType<Integer> TYPE = EventType.of("type", Integer.class);
    static final EventType<Integer> TICK = EventType.of("tick", Integer.class);
    static final EventType<Wait> REMIND = EventType.of("remind", Wait.class);
    static final RequestType<Integer, Integer> ECHO = RequestType.of("echo", Integer.class, Integer.class);
    static final RequestType<Integer, Integer> QUICK = RequestType.of("quick", Integer.class, Integer.class);
    static final RequestType<Integer, Integer> URGENT = RequestType.of("urgent", Integer.class, Integer.class);
    static final RequestType<Wait, Integer> WAIT = RequestType.of("wait", Wait.class, Integer.class);
    static final RequestType<Integer, Integer> HANG = RequestType.of("hang", Integer.class, Integer.class);
    static final RequestType<Integer, Integer> REFUSE = RequestType.of("refuse", Integer.class, Integer.class);
    static final RequestType<Wait, Integer> REFUSE_LATER = RequestType.of("refuseLater", Wait.class, Integer.class);
    static final EventType<Wait> ASK = EventType.of("ask", Wait.class);
    static final EventType<Wait> RIDDLE_ME = EventType.of("riddleMe", Wait.class);

    /** Clients answer it at once. */
    static final RequestType<Integer, Integer> QUESTION = RequestType.of("question", Integer.class, Integer.class);

    /** Clients answer it some time, or never. */
    static final RequestType<Integer, Integer> RIDDLE = RequestType.of("riddle", Integer.class, Integer.class);

    static final EventType<News> NEWS = EventType.of("news", News.class);
    static final EventType<Integer> COUNT = EventType.of("count", Integer.class);
    static final EventType<String> FILLING = EventType.of("filling", String.class);
    static final EventType<Integer> TYPING =
            EventType.of("typing", Integer.class).ephemeral();
    static final ErrorCode NO = ErrorCode.of(10_001, "no");

    private static final int MUCH = 6;
    private static final Duration TICKING = Duration.ofSeconds(60);

    private final Duration handlerTime;
    private final Books books;
    private final AskedQuestions asked;
    private boolean isTicking;

    Probe(Duration handlerTime, Books books) {
        this.asked = books.asked();
        this.handlerTime = handlerTime;
        this.books = books;
    }

    @Override
    public void install(HubBuilder hub) {
        hub.install(
                        StandardEvents.ping(),
                        StandardEvents.kick(),
                        StandardEvents.joinAndQuit(
                                JoinPolicy.allow("room-{id}").and((client, group) -> !group.equals("room-closed"))))
                .emits(NEWS, COUNT, FILLING, TYPING)
                .observer(books)
                .onConnect(books::connected)
                .onDisconnect(books::disconnected)
                .onJoined("room-{id}", books::joined)
                .onLeft("room-{id}", books::left)
                .onUserOnline(books::online)
                .onUserOffline(books::offline);
        events(hub);
        requests(hub);
    }

    private void events(HubBuilder hub) {
        hub.on(SAY, (client, say) -> inLane(client, say.n(), () -> say(client, say)))
                .on(SAY_TO_OTHERS, (client, say) -> inLane(client, say.n(), () -> sayToOthers(client, say)))
                .on(SAY_IN_TWO, (client, say) -> inLane(client, say.n(), () -> sayInTwo(client, say)))
                .on(TELL, (client, tell) -> inLane(client, tell.n(), () -> tell(client, tell)))
                .on(DISMISS, (client, tell) -> inLane(client, tell.n(), () -> dismiss(client, tell)))
                .on(SHOUT, (client, n) -> inLane(client, n, () -> shout(client, n)))
                .on(CHATTER, (client, n) -> inLane(client, n, () -> chatter(client.hub())))
                .on(TYPE, (client, n) -> inLane(client, n, () -> type(client, n)))
                .on(TICK, (client, n) -> inLane(client, n, () -> tick(client.hub())))
                .on(ASK, (client, wait) -> inLane(client, wait.n(), () -> asked.ask(client, QUESTION, wait)))
                .on(RIDDLE_ME, (client, wait) -> inLane(client, wait.n(), () -> asked.ask(client, RIDDLE, wait)))
                .on(REMIND, (client, wait) -> inLane(client, wait.n(), () -> remind(client, wait)));
    }

    private void requests(HubBuilder hub) {
        hub.onRequest(ECHO, (client, n) -> inLane(client, n, () -> n))
                .onRequest(QUICK, (client, n) -> inLane(client, n, () -> n), route -> route.nonBlocking())
                .onRequest(URGENT, this::urgent, route -> route.outOfBand())
                .onRequest(
                        REFUSE,
                        (client, n) -> inLane(client, n, () -> {
                            throw NO.exception(n);
                        }))
                .onRequestAsync(REFUSE_LATER, this::refuseLater)
                .onRequestAsync(WAIT, this::later)
                .onRequestAsync(HANG, (client, n) -> {
                    hold(client, n, handlerTime);
                    return new CompletableFuture<Integer>();
                });
    }

    // --- what clients ask for

    private Object say(Client client, Say say) {
        Set<Client> expected = books.membersOf(say.room());
        return reaches(
                expected, client.group(say.room()).send(NEWS, new News(say.room(), client.id(), say.n())), say.room());
    }

    private Object sayToOthers(Client client, Say say) {
        Set<Client> expected = books.membersOf(say.room());
        expected.remove(client);
        Audience others = client.others(say.room());
        News news = new News("others in " + say.room(), client.id(), say.n());
        return reaches(expected, others.send(NEWS, news), news.to());
    }

    private Object sayInTwo(Client client, Say say) {
        Set<Client> expected = books.membersOf("room-1", say.room());
        News news = new News("both room-1 " + say.room(), client.id(), say.n());
        return reaches(expected, client.hub().groups("room-1", say.room()).send(NEWS, news), news.to());
    }

    private Object tell(Client client, Tell tell) {
        long devices = client.hub().online().devices().list().stream()
                .filter(device -> device.user()
                        .filter(user -> user.id().equals(tell.user()))
                        .isPresent())
                .count();
        News news = new News("user " + tell.user(), client.id(), tell.n());
        return reaches((int) devices, client.hub().user(tell.user()).send(NEWS, news), news.to());
    }

    private Object dismiss(Client client, Tell tell) {
        return client.hub().user(tell.user()).except(client).kick(CloseReason.ofApplication(4_500, "dismissed"));
    }

    private Object shout(Client client, int n) {
        long expected = client.hub().online().devices().list().stream()
                .filter(device -> !device.clientId().equals(client.id()))
                .count();
        News news = new News("all but one", client.id(), n);
        return reaches((int) expected, client.hub().all().except(client).send(NEWS, news), news.to());
    }

    /** So much at once that some of it has to wait. */
    private Object chatter(Hub hub) {
        for (int i = 0; i < MUCH; i++) {
            books.sent(hub.all().send(COUNT, i));
        }
        return MUCH;
    }

    private Object type(Client client, int n) {
        return books.sent(client.hub().all().send(TYPING, n));
    }

    private static SendReport reaches(int expected, SendReport report, String audience) {
        assertThat(report.targets()).as(audience).isEqualTo(expected);
        return report;
    }

    private SendReport reaches(Set<Client> expected, SendReport report, String audience) {
        return books.sent(reaches(expected.size(), report, audience));
    }

    /** A timer that runs once. */
    private Object remind(Client client, Wait wait) {
        AtomicBoolean hasRun = new AtomicBoolean();
        return client.hub().timers().after(Duration.ofMillis(wait.millis()), () -> {
            books.told(() ->
                    assertThat(hasRun.getAndSet(true)).as("a timer runs once").isFalse());
            books.sent(client.send(NEWS, new News("one", client.id(), wait.n())));
        });
    }

    /** For a while everybody hears something every second. The tick that is due when it is called off does not come. */
    private Object tick(Hub hub) {
        if (isTicking) {
            return false;
        }
        isTicking = true;
        Timers.Task ticks = hub.timers().every(Duration.ofSeconds(1), () -> {
            books.told(() -> assertThat(isTicking).as("it was not called off").isTrue());
            books.sent(hub.all().send(COUNT, 1));
        });
        return hub.timers().after(TICKING, () -> {
            isTicking = false;
            ticks.cancel();
        });
    }

    private int urgent(Client client, int n) {
        books.requireConnected(client);
        return n;
    }

    private CompletionStage<Integer> later(Client client, Wait wait) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        holdFor(client, wait, () -> answer.complete(wait.n()));
        return answer;
    }

    private CompletionStage<Integer> refuseLater(Client client, Wait wait) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        holdFor(client, wait, () -> answer.completeExceptionally(NO.exception(wait.n())));
        return answer;
    }

    private void holdFor(Client client, Wait wait, Runnable answer) {
        Duration delay = Duration.ofMillis(wait.millis());
        hold(client, wait.n(), delay.compareTo(handlerTime) < 0 ? delay : handlerTime);
        var unused = client.hub().timers().after(delay, answer);
    }

    /** The lane waits for a stage, but not longer than a handler may take. */
    private void hold(Client client, int n, Duration time) {
        books.begin(client, n);
        books.end(client);
        books.hold(client, time);
    }

    private <T> T inLane(Client client, int n, Supplier<T> handler) {
        books.begin(client, n);
        try {
            return handler.get();
        } finally {
            books.end(client);
        }
    }
}
