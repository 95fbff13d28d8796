// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.InboundLimits;
import io.hubwire.PingHeartbeat;
import io.hubwire.ResumePolicy;
import io.hubwire.User;
import io.hubwire.internal.Hello.Claim;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.internal.session.Resumption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a client is told when it has greeted. Immutable. */
final class HelloAnswers {
    private final HeartbeatPolicy heartbeat;
    private final ResumePolicy resume;
    private final InboundLimits limits;

    HelloAnswers(HubSettings settings) {
        this.heartbeat = settings.heartbeat();
        this.resume = settings.resume();
        this.limits = settings.limits();
    }

    /** To a new session; {@code reason} says why it is none that the client had. */
    Outgoing fresh(ClientSession session, Admission admission, String reason) {
        Resumption resumption = Objects.requireNonNull(session.resumption());
        Map<String, Object> data = data(session, admission, resumption.secret(), false, 0);
        data.put("reason", reason);
        return session.context().messages().control(Hello.EVENT, data);
    }

    /**
     * To a session that goes on behind this number. The client learns here of which groups the notice that it was taken out was lost; of
     * those that it has lost while it was away, or loses from now on, it has to be told behind this answer.
     */
    Outgoing resumed(ClientSession session, Admission admission, String secret, long seq) {
        Map<String, Object> data = data(session, admission, secret, true, seq);
        Set<String> groups = Objects.requireNonNull(session.resumption()).listedGroups(session);
        if (!groups.isEmpty()) {
            data.put("groups", groups);
        }
        return session.context().messages().control(Hello.EVENT, data);
    }

    /** As the newest admission says, which may not be the one that the session began with. */
    private Map<String, Object> data(
            ClientSession session, Admission admission, String secret, boolean isResumed, long seq) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("client", session.id());
        data.put("session", Claim.name(session.id(), secret));
        data.put("resumed", isResumed);
        data.put("seq", seq);
        admission.user().ifPresent(user -> data.put("user", userData(user)));
        if (admission.heartbeatPolicy().orElse(heartbeat) instanceof PingHeartbeat ping) {
            data.put("heartbeat", pair("intervalMs", ping.interval(), "timeoutMs", ping.timeout()));
        }
        data.put("reconnect", pair("minMs", resume.leastWait(), "maxMs", resume.mostWait()));
        if (resume.isEnabled()) {
            data.put("resumeWindow", windowData());
        }
        data.put("limits", Map.of("messageBytes", limits.messageBytes()));
        return data;
    }

    private static Map<String, Object> userData(User user) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", user.id());
        data.put("name", user.name());
        return data;
    }

    private static Map<String, Object> pair(String first, Duration one, String second, Duration other) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(first, one.toMillis());
        data.put(second, other.toMillis());
        return data;
    }

    private Map<String, Object> windowData() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ttlMs", resume.window().toMillis());
        data.put("messages", resume.messages());
        data.put("bytes", resume.bytes());
        return data;
    }
}
