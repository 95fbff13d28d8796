// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import io.hubwire.HubBuilder;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.TestHubBuilder;
import java.util.function.UnaryOperator;

/**
 * What a hub and its clients do together, as one test for each scenario, written once: they run on connections in memory and, the same
 * code, over real sockets, with the same results. An author of a transport extends this class and says in {@link #hub()}
 * on what they run.
 *
 * <pre>{@code
 * class MyTransportConformanceTest extends HubConformance {
 *     @Override
 *     protected TestHubBuilder hub() {
 *         return TestHub.builder().mode(Mode.REAL).transport(new MyTransport());
 *     }
 * }
 * }</pre>
 *
 * <p>A transport serves {@code /ws} and {@code /rooms/{room}}; its container keeps little for a client that does not read, at most
 * some megabytes. No scenario waits for more than half a second of real time if all is well.
 */
public abstract class HubConformance
        implements MessageScenarios,
                BadInputScenarios,
                AudienceScenarios,
                SessionScenarios,
                ResumeScenarios,
                AdmissionScenarios,
                PressureScenarios,
                LaneScenarios,
                TimeScenarios {
    /** For subclasses. */
    protected HubConformance() {}

    /** A hub that is not wired yet: its mode, and its transport if that is not the kit's own. Called once for each scenario. */
    protected abstract TestHubBuilder hub();

    @Override
    public final TestHub open(UnaryOperator<HubBuilder> application) {
        return hub().start(application);
    }
}
