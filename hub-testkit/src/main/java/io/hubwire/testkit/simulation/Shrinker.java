// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a shorter plan that breaks the same promise: leaves out ever smaller parts of the plan as long as it still
 * breaks, each time with a few schedules, and joins pauses. Bounded by a number of runs. For one thread.
 */
final class Shrinker {
    private static final int SCHEDULES = 4;

    private final Setup setup;
    private final Broken wanted;
    private final int most;
    private Plan best;
    private int runs;

    Shrinker(Setup setup, Plan plan, Broken wanted, int most) {
        this.setup = setup;
        this.best = plan;
        this.wanted = wanted;
        this.most = most;
    }

    /** Played so many actions, the plan broke the promise. */
    Plan shrink(int played) {
        tryInstead(best.steps().subList(0, played));
        int length;
        do {
            length = best.steps().size();
            for (int part = Math.max(1, length / 2); part > 0; part /= 2) {
                leaveOut(part);
            }
        } while (best.steps().size() < length && runs < most);
        joinPauses();
        return best;
    }

    int runs() {
        return runs;
    }

    private void leaveOut(int part) {
        int from = best.steps().size() - part;
        while (from >= 0 && runs < most) {
            List<Step> fewer = new ArrayList<>(best.steps());
            fewer.subList(from, Math.min(from + part, fewer.size())).clear();
            tryInstead(fewer);
            from = Math.min(from - part, best.steps().size() - part);
        }
    }

    private void joinPauses() {
        for (int i = best.steps().size() - 1; i > 0 && runs < most; i--) {
            Step first = best.steps().get(i - 1);
            Step second = best.steps().get(i);
            if (first.kind().sort() == Kind.Sort.TIME && second.kind().sort() == Kind.Sort.TIME) {
                List<Step> fewer = new ArrayList<>(best.steps());
                fewer.remove(i);
                fewer.set(i - 1, first.lasting(first.number() + second.number()));
                tryInstead(fewer);
            }
        }
    }

    private void tryInstead(List<Step> steps) {
        for (int i = 0; i < SCHEDULES && runs < most; i++) {
            Plan candidate = best.with(steps).scheduled((best.schedule() + i) & 0xff);
            if (breaks(candidate)) {
                best = candidate;
                return;
            }
        }
    }

    private boolean breaks(Plan candidate) {
        runs++;
        try (Run run = new Run(setup, candidate, false)) {
            Optional<Broken> broken = run.play();
            return broken.filter(found -> found.invariant().equals(wanted.invariant()))
                    .isPresent();
        }
    }
}
