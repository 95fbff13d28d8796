// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.client.FakeSockets.FakeSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs against a model of the hub, in virtual time: frames are delayed, connections break between any two of them. */
class RandomCutsTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final RequestType<Integer, Integer> DOUBLE = RequestType.of("double", Integer.class, Integer.class);
    private static final RequestType<Integer, Integer> QUIZ = RequestType.of("quiz", Integer.class, Integer.class);
    private static final int STEPS = 300;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_lost_doubled_or_out_of_order(int seed) {
        Program program = new Program(seed);

        program.run();

        assertThat(program.hub.faults()).isEmpty();
        assertThat(program.notes)
                .isEqualTo(IntStream.rangeClosed(1, program.pushed).boxed().toList());
        assertThat(program.hub.handled()).doesNotHaveDuplicates();
        assertThat(program.answers)
                .hasSize(program.requested)
                .allSatisfy((value, answer) -> assertThat(answer).isEqualTo(2 * value));
        assertThat(program.hub.said()).isSorted().doesNotHaveDuplicates();
        assertThat(program.questions).doesNotHaveDuplicates().hasSize(program.asked);
        assertThat(program.hub.isAllAcknowledged()).isTrue();
    }

    /** One run: what is on its way in each direction stands in a queue, and a cut forgets it. */
    private static final class Program {
        final VirtualRuntime runtime = new VirtualRuntime();
        final FakeSockets sockets = new FakeSockets(runtime);
        final ModelHub hub = new ModelHub();
        final Random random;
        final List<Integer> notes = new ArrayList<>();
        final List<Integer> questions = new ArrayList<>();
        final Map<Integer, Integer> answers = new HashMap<>();
        final Map<FakeSocket, Wire> wires = new LinkedHashMap<>();
        final Set<Integer> sent = new HashSet<>();
        final HubClient client;
        int pushed;
        int requested;
        int asked;

        /** One connection, with what is on its way. */
        private final class Wire implements ModelHub.Peer {
            final FakeSocket socket;
            final ArrayDeque<String> toClient = new ArrayDeque<>();
            final ArrayDeque<String> toHub = new ArrayDeque<>();
            boolean isCut;

            Wire(FakeSocket socket) {
                this.socket = socket;
            }

            @Override
            public void send(String text) {
                toClient.add(text);
            }

            @Override
            public void close(int code) {
                toClient.clear();
                isCut = true;
                socket.closeByHub(code);
            }
        }

        Program(int seed) {
            random = new Random(seed);
            runtime.chance(random::nextDouble);
            sockets.onSend((socket, text) -> wire(socket).toHub.add(text));
            client = HubClient.builder(URI.create("ws://hub.example/ws"))
                    .requestTimeout(Duration.ofMinutes(10))
                    .queueAtMost(10_000, 1 << 20)
                    .listen(it -> {
                        it.on(NOTE, notes::add);
                        it.answer(QUIZ, question -> {
                            questions.add(question);
                            return question + 1;
                        });
                    })
                    .connect(runtime, sockets);
        }

        private Wire wire(FakeSocket socket) {
            return wires.computeIfAbsent(socket, Wire::new);
        }

        void run() {
            calm();
            for (int i = 0; i < STEPS; i++) {
                step();
                runtime.settle();
            }
            calm();
        }

        /** Longer than a hello may take to be answered. */
        private void calm() {
            for (int i = 0; i < 200; i++) {
                deliverAll(Integer.MAX_VALUE);
                runtime.advance(Duration.ofMillis(100));
            }
        }

        private void deliverAll(int most) {
            List.copyOf(wires.values()).forEach(wire -> deliver(wire, most));
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1 -> hub.push(++pushed);
                case 2 -> request();
                case 3 -> say();
                case 4 -> hub.ask(++asked);
                case 5 -> cut();
                case 6 -> runtime.advance(Duration.ofMillis(random.nextInt(300)));
                default -> deliverAll(1 + random.nextInt(3));
            }
        }

        private void request() {
            int value = ++requested;
            client.request(DOUBLE, value).whenComplete((answer, failure) -> {
                if (failure == null && answers.put(value, answer) != null) {
                    throw new AssertionError(value + " was answered twice");
                }
            });
        }

        private void say() {
            int value = sent.size() + 1;
            if (client.send("say", value) == SendOutcome.ACCEPTED) {
                sent.add(value);
            }
        }

        private void deliver(Wire wire, int most) {
            for (int i = 0; i < most && !wire.isCut && wire.toHub.size() + wire.toClient.size() > 0; i++) {
                boolean isUp = wire.toClient.isEmpty() || (!wire.toHub.isEmpty() && random.nextBoolean());
                if (isUp) {
                    hub.received(wire, wire.toHub.remove());
                } else {
                    wire.socket.say(wire.toClient.remove());
                }
                runtime.settle();
            }
        }

        /** Either side may not notice for a while; what is on its way is lost. */
        private void cut() {
            for (Wire wire : List.copyOf(wires.values())) {
                if (!wire.isCut && random.nextBoolean()) {
                    wire.isCut = true;
                    wire.toClient.clear();
                    wire.toHub.clear();
                    if (random.nextBoolean()) {
                        hub.gone(wire);
                    }
                    if (random.nextInt(4) > 0) {
                        wire.socket.closeByHub(1006);
                    }
                }
            }
        }
    }
}
