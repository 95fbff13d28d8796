// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.testing.Crowd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MembershipRaceTest {
    @RepeatedTest(200)
    void nobody_is_left_in_a_group_after_the_end_whoever_joins_and_leaves_meanwhile(RepetitionInfo repetition)
            throws Exception {
        MembershipIndex<Device> index = new MembershipIndex<>(100);
        Device device = new Device(1, null);

        Crowd.of(4, thread -> {
            Random random = new Random(repetition.getCurrentRepetition() * 31L + thread);
            for (int i = 0; i < 50; i++) {
                String group = "g" + random.nextInt(5);
                if (thread == 0 && i == 25) {
                    device.end();
                    index.leaveAll(device);
                } else if (random.nextBoolean()) {
                    index.join(device, group);
                } else {
                    index.leave(device, group);
                }
            }
        });

        assertThat(index.size()).isZero();
        IntStream.range(0, 5).forEach(g -> assertThat(index.members("g" + g)).isEmpty());
    }

    @Test
    void a_reader_sees_every_member_that_was_there_before_it_began_to_read() throws Exception {
        MembershipIndex<Device> index = new MembershipIndex<>(100);
        List<Device> settled =
                IntStream.range(0, 50).mapToObj(i -> new Device(i, null)).toList();
        settled.forEach(device -> index.join(device, "red"));

        Crowd.of(4, thread -> {
            for (int i = 0; i < 2_000; i++) {
                if (thread == 0) {
                    assertThat(new ArrayList<>(index.members("red")).containsAll(settled))
                            .isTrue();
                } else {
                    Device visitor = new Device(1_000 + i, null);
                    index.join(visitor, "red");
                    assertThat(index.members("red").contains(visitor)).isTrue();
                    index.leave(visitor, "red");
                }
            }
        });

        assertThat(index.members("red")).containsExactlyInAnyOrderElementsOf(settled);
    }

    @RepeatedTest(50)
    void a_user_whose_devices_come_and_go_on_many_threads_is_told_to_come_and_go_in_turn() throws Exception {
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        ClientDirectory<Device> directory = new ClientDirectory<>(user -> told.add("+"), user -> told.add("-"));

        Crowd.of(4, thread -> {
            for (int i = 0; i < 100; i++) {
                Device device = new Device(thread * 1_000L + i, "ann");
                if (i % 3 == 0) {
                    Thread other = new Thread(device::end);
                    other.start();
                    directory.add(device);
                    other.join();
                } else {
                    directory.add(device);
                    device.end();
                }
                directory.remove(device);
            }
        });

        assertThat(directory.size()).isZero();
        assertThat(directory.users()).isEmpty();
        assertThat(directory.ofUser("ann")).isEmpty();
        List<String> transitions = List.copyOf(told);
        for (int i = 0; i < transitions.size(); i++) {
            assertThat(transitions.get(i)).isEqualTo(i % 2 == 0 ? "+" : "-");
        }
        assertThat(transitions.size() % 2).isZero();
    }
}
