// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.directory.MembershipIndex.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MembershipIndexTest {
    private static final int MAX_GROUPS = 5;

    private final MembershipIndex<Device> index = new MembershipIndex<>(MAX_GROUPS);

    @RepeatedTest(20)
    void does_what_plain_sets_do_whoever_joins_and_leaves(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<Device, Set<String>> model = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            model.put(new Device(i, null), new LinkedHashSet<>());
        }

        for (int step = 0; step < 500; step++) {
            List<Device> devices = new ArrayList<>(model.keySet());
            Device device = devices.get(random.nextInt(devices.size()));
            String group = "g" + random.nextInt(8);
            Set<String> groups = model.getOrDefault(device, Set.of());
            switch (random.nextInt(20)) {
                case 0 -> {
                    device.end();
                    index.leaveAll(device);
                    assertThat(device.groupNames()).containsExactlyElementsOf(groups);
                    model.remove(device);
                    model.put(new Device(100 + step, null), new LinkedHashSet<>());
                }
                case 1, 2, 3, 4, 5, 6, 7 ->
                    assertThat(index.leave(device, group)).isEqualTo(groups.remove(group));
                default -> assertThat(index.join(device, group)).isEqualTo(joinModel(groups, group));
            }
            requireSame(model);
        }
    }

    private static Entry joinModel(Set<String> groups, String group) {
        if (groups.contains(group)) {
            return Entry.ALREADY;
        }
        if (groups.size() == MAX_GROUPS) {
            return Entry.FULL;
        }
        groups.add(group);
        return Entry.JOINED;
    }

    private void requireSame(Map<Device, Set<String>> model) {
        Map<String, Set<Device>> byGroup = new LinkedHashMap<>();
        model.forEach((device, groups) -> {
            assertThat(device.groupNames()).containsExactlyElementsOf(groups);
            groups.forEach(group -> byGroup.computeIfAbsent(group, name -> new LinkedHashSet<>())
                    .add(device));
        });
        assertThat(index.size()).isEqualTo(byGroup.size());
        for (int g = 0; g < 8; g++) {
            assertThat(index.members("g" + g))
                    .containsExactlyInAnyOrderElementsOf(byGroup.getOrDefault("g" + g, Set.of()));
        }
    }

    @Test
    void one_who_has_ended_enters_and_leaves_nothing_more() {
        Device device = new Device(1, null);
        index.join(device, "red");
        device.end();

        assertThat(index.join(device, "blue")).isEqualTo(Entry.ENDED);
        assertThat(index.leave(device, "red")).isFalse();
        index.leaveAll(device);

        assertThat(index.size()).isZero();
        assertThat(device.groupNames()).containsExactly("red");
    }

    @Test
    void the_groups_of_a_member_keep_the_order_of_joining() {
        Device device = new Device(1, null);
        List.of("c", "a", "b", "d").forEach(group -> index.join(device, group));

        index.leave(device, "a");

        assertThat(device.groupNames()).containsExactly("c", "b", "d");
        assertThat(MembershipIndex.contains(device.groupNames(), "b")).isTrue();
        assertThat(MembershipIndex.contains(device.groupNames(), "a")).isFalse();
    }

    @Test
    void a_member_may_be_in_as_many_groups_as_the_limit_says_and_in_no_more() {
        Device device = new Device(1, null);
        for (int i = 0; i < MAX_GROUPS; i++) {
            assertThat(index.join(device, "g" + i)).isEqualTo(Entry.JOINED);
        }

        assertThat(index.join(device, "one more")).isEqualTo(Entry.FULL);
        assertThat(index.join(device, "g0")).isEqualTo(Entry.ALREADY);
        index.leave(device, "g0");
        assertThat(index.join(device, "one more")).isEqualTo(Entry.JOINED);
    }

    @Test
    void a_group_that_nobody_is_in_costs_nothing() {
        Device device = new Device(1, null);
        index.join(device, "red");

        index.leave(device, "red");

        assertThat(index.size()).isZero();
        assertThat(index.members("red")).isEmpty();
    }
}
