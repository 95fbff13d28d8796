// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens in one run: the same for the same seed.
 *
 * @param seed of everything that is drawn for the run
 * @param schedule in which order the hub's strands run
 * @param steps what the clients do
 */
record Plan(long seed, long schedule, List<Step> steps) {
    private static final double FAULT_IS_OFF = 0.35;
    private static final double ACTION_IS_OFF = 0.1;

    Plan {
        steps = List.copyOf(steps);
    }

    /** Each seed draws its own mix; some faults are off in some seeds. */
    static Plan draw(long seed, List<Kind> kinds, int players, int length) {
        Random random = new Random(Scramble.of(seed));
        double[] weights =
                kinds.stream().mapToDouble(kind -> weight(kind, random)).toArray();
        List<Step> steps = new ArrayList<>(length);
        for (int index = 1; index <= length; index++) {
            Kind kind = kinds.get(pick(weights, random));
            steps.add(new Step(kind, random.nextInt(players), kind.drawNumber(random, index), random.nextLong()));
        }
        return new Plan(seed, random.nextInt(0x100), steps);
    }

    Plan with(List<Step> others) {
        return new Plan(seed, schedule, others);
    }

    Plan scheduled(long other) {
        return new Plan(seed, other, steps);
    }

    private static double weight(Kind kind, Random random) {
        double off = switch (kind.sort()) {
            case FAULT, DELAY -> FAULT_IS_OFF;
            case APPLICATION -> ACTION_IS_OFF;
            case REPAIR, TIME -> 0;
        };
        double mix = Math.pow(4, random.nextDouble() * 2 - 1);
        return random.nextDouble() < off ? 0 : kind.weight() * mix;
    }

    private static int pick(double[] weights, Random random) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = random.nextDouble() * total;
        int index = 0;
        while (index < weights.length - 1 && left >= weights[index]) {
            left -= weights[index];
            index++;
        }
        return index;
    }

    /** What the settings of the hub and of connections are drawn from. */
    long settings() {
        return Scramble.of(seed, 1);
    }
}
