// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.testkit.ReceivedMessage;
import io.hubwire.testkit.TestClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hello of a player whose client resumes: what it claimed, and whether its answer is what the hub owes it. For one thread. */
final class Comeback {
    private static final String NONE = "none";
    private static final String GAP = "gap";
    private static final String DISABLED = "disabled";

    /** More than the window are kept until the next frame is written, which has at most so many. */
    private static final int NOT_YET_FORGOTTEN = 64;

    /** What a hello is answered with, as far as it matters here. */
    record Answer(
            String client,
            boolean resumed,
            long seq,
            @Nullable String reason,
            @Nullable Window resumeWindow) {}

    record Window(long messages, long bytes) {}

    private final Optional<SessionRecord> claimed;
    private final long number;
    private final boolean isFromFurtherBack;
    private final boolean isDisputed;

    /** Without a session that is claimed, it is a first hello, or one of a client that gives its session up. */
    Comeback(Optional<SessionRecord> claimed, long number, boolean isFromFurtherBack) {
        this.claimed = claimed;
        this.number = number;
        this.isFromFurtherBack = isFromFurtherBack;
        this.isDisputed = claimed.filter(SessionRecord::isDisputed).isPresent();
    }

    static Answer answerTo(TestClient client) {
        ReceivedMessage welcome = client.welcome().orElseThrow();
        return welcome.data(Answer.class);
    }

    /** What is wrong with an answer, if anything is. */
    Optional<String> fault(Answer answer) {
        if (claimed.isEmpty()) {
            return unless(!answer.resumed() && NONE.equals(answer.reason()), "nothing was claimed", answer);
        }
        SessionRecord session = claimed.get();
        if (answer.resumed()) {
            return unless(answer.client().equals(session.id()), "another session was claimed", answer)
                    .or(() -> unless(session.isLive(), "the session was over", answer))
                    .or(() -> unless(!isForgotten(session, answer), "what is missing cannot be kept any more", answer));
        }
        return unless(isReasonable(session, answer), "the session went on, and nothing was missing", answer);
    }

    private boolean isForgotten(SessionRecord session, Answer answer) {
        long missing = session.highest() - number;
        return answer.resumeWindow() != null && missing > answer.resumeWindow().messages() + NOT_YET_FORGOTTEN;
    }

    private boolean isReasonable(SessionRecord session, Answer answer) {
        if (!session.isLive() || isDisputed) {
            return true;
        }
        if (GAP.equals(answer.reason())) {
            Window window = answer.resumeWindow();
            return isFromFurtherBack
                    || session.hasMissed()
                    || window == null
                    || session.numbered() - number > window.messages()
                    || session.owedBytes() > window.bytes();
        }
        return DISABLED.equals(answer.reason());
    }

    private static Optional<String> unless(boolean holds, String why, Answer answer) {
        return holds
                ? Optional.empty()
                : Optional.of(why + ", and the hub answered "
                        + (answer.resumed() ? "that it goes on" : "'" + answer.reason() + "'"));
    }
}
