// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ResumePolicy;
import io.hubwire.internal.session.Resumption;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LapsedSessionsTest {
    private final LapsedSessions lapsed = new LapsedSessions(2);
    private final Resumption resumption = new Resumption(ResumePolicy.defaults(), new Random(1));

    @Test
    void whoever_knows_the_secret_is_told_why() {
        lapsed.add("a", resumption.digests(), "expired");

        assertThat(lapsed.reason("a", resumption.secret())).contains("expired");
        assertThat(lapsed.reason("a", resumption.secret())).contains("expired");
    }

    @Test
    void nobody_else_is() {
        lapsed.add("a", resumption.digests(), "expired");

        assertThat(lapsed.reason("a", resumption.secret() + "x")).isEmpty();
        assertThat(lapsed.reason("a", "")).isEmpty();
        assertThat(lapsed.reason("b", resumption.secret())).isEmpty();
    }

    @Test
    void the_oldest_are_forgotten_beyond_the_limit() {
        for (String client : new String[] {"a", "b", "c"}) {
            lapsed.add(client, resumption.digests(), "evicted");
        }

        assertThat(lapsed.reason("a", resumption.secret())).isEmpty();
        assertThat(lapsed.reason("b", resumption.secret())).contains("evicted");
        assertThat(lapsed.reason("c", resumption.secret())).contains("evicted");
    }
}
