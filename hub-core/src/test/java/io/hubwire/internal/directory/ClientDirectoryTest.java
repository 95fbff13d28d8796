// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClientDirectoryTest {
    private final List<String> told = new ArrayList<>();
    private final ClientDirectory<Device> directory =
            new ClientDirectory<>(user -> told.add("+" + user.id()), user -> told.add("-" + user.id()));

    /** The list that everybody would write first. */
    private final List<Device> model = new ArrayList<>();

    private final List<String> expectedToBeTold = new ArrayList<>();

    @RepeatedTest(200)
    void a_user_with_three_devices_is_exact_in_any_order_of_opening_and_closing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Device> devices = new ArrayList<>(
                List.of(new Device(1, "ann"), new Device(2, "ann"), new Device(3, "ann"), new Device(4, "bob")));
        Collections.shuffle(devices, random);
        LinkedHashSet<Device> closed = new LinkedHashSet<>();

        while (closed.size() < devices.size()) {
            Device device = devices.get(random.nextInt(devices.size()));
            if (closed.contains(device)) {
                continue;
            }
            if (model.contains(device)) {
                close(device);
                closed.add(device);
            } else {
                open(device);
            }
            requireSameAsModel();
        }

        assertThat(directory.users()).isEmpty();
        assertThat(directory.size()).isZero();
    }

    @RepeatedTest(20)
    void does_what_a_plain_list_does_whoever_comes_and_goes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < 600; step++) {
            if (model.isEmpty() || random.nextInt(100) < 55) {
                open(new Device(step, random.nextInt(10) == 0 ? null : "u" + random.nextInt(5)));
            } else {
                close(model.get(random.nextInt(model.size())));
            }
            requireSameAsModel();
        }
        while (!model.isEmpty()) {
            close(model.get(random.nextInt(model.size())));
        }
        requireSameAsModel();
        assertThat(directory.users()).isEmpty();
    }

    @Test
    void removing_twice_changes_nothing_and_says_so() {
        Device device = new Device(1, "ann");
        directory.add(device);

        assertThat(directory.remove(device)).isTrue();
        assertThat(directory.remove(device)).isFalse();

        assertThat(told).containsExactly("+ann", "-ann");
    }

    @Test
    void a_member_that_ends_while_it_is_added_does_not_stay() {
        List<String> transitions = new ArrayList<>();
        Device[] first = {new Device(1, "ann")};
        ClientDirectory<Device> hasty = new ClientDirectory<>(
                user -> {
                    transitions.add("+" + user.id());
                    first[0].end(); // another thread, which found it by its id
                },
                user -> transitions.add("-" + user.id()));

        hasty.add(first[0]);

        assertThat(hasty.all()).isEmpty();
        assertThat(hasty.ofUser("ann")).isEmpty();
        assertThat(transitions).containsExactly("+ann", "-ann");
    }

    @Test
    void a_list_of_devices_is_a_snapshot() {
        Device first = new Device(1, "ann");
        directory.add(first);
        List<Device> before = directory.ofUser("ann");

        directory.add(new Device(2, "ann"));
        directory.remove(first);

        assertThat(before).containsExactly(first);
    }

    private void open(Device device) {
        boolean isFirst = model.stream().noneMatch(other -> isSameUser(other, device));
        directory.add(device);
        model.add(device);
        if (isFirst) {
            expect("+", device);
        }
    }

    private void close(Device device) {
        device.end();
        assertThat(directory.remove(device)).isTrue();
        model.remove(device);
        if (model.stream().noneMatch(other -> isSameUser(other, device))) {
            expect("-", device);
        }
    }

    private void expect(String sign, Device device) {
        User user = device.identity();
        if (user != null) {
            expectedToBeTold.add(sign + user.id());
        }
    }

    private static boolean isSameUser(Device one, Device other) {
        User user = one.identity();
        return user != null && user.equals(other.identity());
    }

    private void requireSameAsModel() {
        Map<@Nullable String, List<Device>> byUser = new HashMap<>();
        for (Device device : model) {
            User user = device.identity();
            if (user != null) {
                byUser.computeIfAbsent(user.id(), id -> new ArrayList<>()).add(device);
            }
            assertThat(directory.find(device.id())).isSameAs(device);
        }
        assertThat(directory.size()).isEqualTo(model.size());
        assertThat(directory.all()).containsExactlyInAnyOrderElementsOf(model);
        assertThat(directory.users()).containsExactlyInAnyOrderElementsOf(byUser.values());
        byUser.forEach((user, devices) ->
                assertThat(directory.ofUser(String.valueOf(user))).isEqualTo(devices));
        assertThat(told).isEqualTo(expectedToBeTold);
    }
}
