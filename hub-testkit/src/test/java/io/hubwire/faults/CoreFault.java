// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.faults;

import java.util.Map;

/**
 * Faults of the engine, each one line of {@code hub-core}: what it promises, the line as it is, the line as planted.
 *
 * <p>A line is given without its indentation, and stands once in its file.
 */
enum CoreFault {
    // --- what is on its way to a client

    A_RING_THAT_GROWS_LOSES_WHAT_HAS_WRAPPED(
            "nothing that was accepted is lost",
            "session/OutboxRing",
            "System.arraycopy(slots, 0, larger, slots.length, wrapped);",
            "System.arraycopy(slots, 0, larger, slots.length, Math.max(0, wrapped - 1));"),
    TWO_OWN_THE_LINE_TO_A_CLIENT(
            "a connection has one message at a time",
            "session/OutboxLine",
            "boolean wasFree = !isOwned;",
            "boolean wasFree = !isOwned || isSending;"),
    EACH_WRITER_IS_COUNTED_TWICE(
            "what waits is written as soon as the client reads", "session/Writers", "workers++;", "workers += 2;"),
    THE_LAST_MESSAGE_BEFORE_THE_CLOSE_IS_FORGOTTEN(
            "a client that is kicked is told so before the close",
            "session/OutboxWriter",
            "next = waiting.pass(farewell); // nothing is before it, and it may have a number",
            ""),
    THE_CONNECTION_IS_CLOSED_BEFORE_WHAT_WAITS_IS_WRITTEN(
            "what was accepted before a close reaches a client that reads",
            "session/OutboxWriter",
            "if (inFlight() != null || putNextInFlight()) {",
            "if (inFlight() != null || state == State.OPEN && putNextInFlight()) {"),
    WHAT_WAS_WRITTEN_STILL_COUNTS_AGAINST_THE_CLIENT(
            "who reads is never too slow", "session/OutboxRing", "bytes -= message.bytes();", ""),
    A_CLIENT_THAT_MISSED_A_MESSAGE_STAYS(
            "who missed a counted message does not go on as if nothing had happened",
            "session/Outbox",
            "if (isEphemeral || !isAttached || !mayDisconnect) {",
            "if (isEphemeral || !isAttached || mayDisconnect) {"),
    A_REPORT_WAITS_FOR_WHAT_DIED_WITH_ITS_CLIENT(
            "every report of a send is completed", "session/Outbox", "unwritten.receipt().onLost();", ""),

    // --- what a client sends

    A_LATER_MESSAGE_IS_HANDLED_FIRST(
            "a client's messages are handled in the order of sending",
            "session/Mailbox",
            "waiting.add(job);",
            "waiting.addFirst(job);"),
    WHAT_WAITS_BEHIND_A_MESSAGE_IS_FORGOTTEN(
            "every message is handled", "session/Mailbox", "if (waiting.isEmpty()) {", "if (waiting.size() == 1) {"),
    TWO_MESSAGES_OF_A_CLIENT_ARE_HANDLED_AT_ONCE(
            "a client's messages are handled one at a time",
            "session/Mailbox",
            "if (isRunning || isFinished) {",
            "if (current != null || isFinished) {"),
    AN_ASYNCHRONOUS_HANDLER_DOES_NOT_HOLD_THE_LANE(
            "a client's messages are handled one at a time",
            "routing/EventRun",
            "return isOutOfBand() ? null : over; // no lane waits for what is out of band, even if it was queued",
            "return null;"),
    A_LANE_IS_NOT_WOKEN_WHEN_ITS_HANDLER_COMPLETES(
            "every message is handled", "routing/EventRun", "waiting = isInvoking ? null : lane;", "waiting = null;"),
    AN_EVENT_WITH_AN_ID_IS_NOT_ANSWERED(
            "every message with an id is answered",
            "routing/EventRun",
            "boolean isAnswered = message.id().isPresent() || (route != null && route.isRequest());",
            "boolean isAnswered = route != null && route.isRequest();"),
    A_MESSAGE_IS_ANSWERED_TWICE(
            "every message with an id is answered once",
            "routing/EventRun",
            "boolean isFirst = !isOver;",
            "boolean isFirst = true;"),
    A_FAILURE_LOOKS_LIKE_A_SUCCESS(
            "who asked is told of the failure",
            "routing/EventRun",
            "if (failure != null) {",
            "if (failure != null && result != null) {"),
    A_HANDLER_THAT_HANGS_IS_NEVER_GIVEN_UP(
            "every message with an id is answered", "session/Mailbox", "watch(job);", ""),

    // --- who is where

    AN_ENDED_SESSION_STAYS_IN_ITS_GROUPS(
            "whose session has ended is in no group",
            "directory/MembershipIndex",
            "for (String group : member.groupNames()) {",
            "for (String group : NO_GROUPS) {"),
    AN_ENDED_SESSION_ENTERS_A_GROUP(
            "whose session has ended is in no group",
            "directory/MembershipIndex",
            "if (!member.isConnected()) {",
            "if (false) {"),
    WHO_LEAVES_TAKES_THE_WHOLE_GROUP_ALONG(
            "a member is in its group until it leaves",
            "directory/MembershipIndex",
            "if (members != null && members.remove(member) != null && members.isEmpty()) {",
            "if (members != null && members.remove(member) != null) {"),
    A_USER_IS_FORGOTTEN_WITH_ONE_OF_THE_DEVICES(
            "a user is reached on every device",
            "directory/ClientDirectory",
            "if (fewer.isEmpty()) {",
            "if (fewer.size() <= 1) {"),
    PRESENCE_TELLS_OF_AN_END_WITHOUT_A_BEGINNING(
            "a user comes and goes in turns",
            "PresenceLane",
            "if (waiting.remove(user.id()) != null) {",
            "if (waiting.remove(user.id()) != null && isOnline) {"),
    A_MESSAGE_TO_TWO_GROUPS_ARRIVES_TWICE(
            "who is in several of the groups is reached once",
            "delivery/Selection",
            "if (seen.add(session)) {",
            "if (true) {"),
    WHO_IS_EXCEPTED_IS_REACHED(
            "who is excepted is not reached", "delivery/Selection", "if (!without.includes(session)) {", "if (true) {"),

    // --- how a session begins and ends

    A_LATER_REASON_REPLACES_THE_FIRST(
            "a session ends for the first reason given",
            "session/SessionLife",
            "if (!REASON.compareAndSet(this, null, why)) {",
            "if (REASON.getAndSet(this, why) != null) {"),
    A_SESSION_ENDS_TWICE(
            "a session ends once",
            "session/SessionLife",
            "if (!REASON.compareAndSet(this, null, why)) {",
            "if (!REASON.compareAndSet(this, null, why) && connection().isGone()) {"),
    NOBODY_IS_TOLD_OF_THE_END(
            "the application is told of every end",
            "session/SessionLife",
            "if (isAnnounced) {",
            "if (isAnnounced && !connection().isGone()) {"),
    NOBODY_IS_TOLD_OF_THE_GROUPS_THAT_AN_END_LEAVES(
            "who has joined leaves", "DefaultHub", "session.toldGroups().forEach(group -> left(session, group));", ""),
    WHO_IS_CLOSED_AND_DOES_NOT_READ_STAYS_FOR_EVER(
            "a session is over within twice the close grace",
            "session/SessionLife",
            "context().deadlines().watchClose(session, closeGraceNanos());",
            ""),
    A_PLACE_IS_NEVER_GIVEN_BACK(
            "whose session is over makes room for the next",
            "DefaultHub",
            "if (session.resumption() == null) {",
            "if (false) {"),
    A_PLACE_OF_A_CONNECTION_IS_NEVER_GIVEN_BACK(
            "whose connection is gone makes room for the next",
            "DefaultHub",
            "public void connectionGone(ClientSession session) {",
            "public void connectionGone(ClientSession session) { if (live != null) return;"),
    A_USERS_PLACE_IS_NEVER_GIVEN_BACK(
            "whose session has ended makes room for the user's next",
            "Places",
            "byUser.computeIfPresent(userId, (id, count) -> count == 1 ? null : Integer.valueOf(count - 1));",
            ""),
    A_MESSAGE_COMES_BEFORE_ITS_CLIENT(
            "the first message is handled behind onConnect",
            "SessionOpener",
            "session.mailbox().add(connectCall(session, admission));",
            "context.execute(HubRuntime.Work.HANDLER, \"connect\", connectCall(session, admission)::run);"),

    AN_URGENT_MESSAGE_COMES_BEFORE_ITS_CLIENT(
            "an out-of-band message, too, is handled behind onConnect",
            "routing/InboundPipeline",
            "connection.client.mailbox().add(connection::becomeReady);",
            "connection.becomeReady();"),

    // --- sessions that outlive their connections

    A_RESUME_BEGINS_WITH_WHAT_THE_CLIENT_HAS(
            "nothing is sent again that the client has",
            "session/SessionLog",
            "acknowledge(number, received);",
            "acknowledge(number - 1, received);"),
    A_RESUME_FORGETS_WHAT_WAS_ON_ITS_WAY(
            "what was on its way comes again",
            "session/SessionLog",
            "written = ring.first();",
            "written = Math.max(written, ring.first());"),
    A_DETACHED_QUEUE_IS_NOT_KEPT(
            "what was missed comes", "session/SessionLog", "account.relax();", "account.relax(); clear();"),
    ONLY_A_DEAD_SESSION_IS_RESUMED(
            "a session goes on, whether or not the hub knows that its connection is dead",
            "session/Outbox",
            "if ((!isOpen && state != State.DETACHED) || !waiting.canResumeFrom(number)) {",
            "if (state != State.DETACHED || !waiting.canResumeFrom(number)) {"),
    A_STALE_COMPLETION_WRITES_ON_THE_OLD_CONNECTION(
            "a session has one writer",
            "session/OutboxWriter",
            "if (!takeLineOver() || (state != State.OPEN && state != State.FINISHING)) {",
            "if (!takeLineOver() || state == State.CLOSED) {"),
    THE_END_OF_A_REPLACED_CONNECTION_DETACHES_THE_SESSION(
            "a connection that was replaced has no say any more",
            "session/SessionLife",
            "if (outbox.end() != connection || tryDetach(outbox, why) != Loss.FINAL) {",
            "if (tryDetach(outbox, why) != Loss.FINAL) {"),
    THE_NEXT_FRAME_GOES_BEFORE_THE_LAST_IS_COMPLETE(
            "a connection has one message at a time",
            "session/OutboxWriter",
            "isDone = leaveSend() && (state == State.OPEN || state == State.FINISHING);",
            "isDone = (leaveSend() || session.resumption() != null) && (state == State.OPEN || state == State.FINISHING);"),
    THE_WINDOW_FORGETS_TOO_MUCH(
            "what a client may still ask for is kept",
            "session/LogAccount",
            "return keptMessages > resume.messages() || keptBytes > resume.bytes();",
            "return keptMessages > 0;"),
    WHAT_A_DETACHED_SESSION_LOSES_IS_FORGOTTEN(
            "who misses something is told",
            "session/SessionLog",
            "return number >= floor && number <= sent;",
            "return number <= sent;"),

    A_FRAME_GOES_WITHOUT_ITS_NUMBER(
            "a client that resumes knows what it has", "session/LogFrame", "firstNumber = number;", "firstNumber = 0;"),
    WHAT_WAITS_STAYS_WITH_THE_OLD_CONNECTION("nothing is sent twice", "session/Outbox", "state = State.MOVED;", ""),

    // --- questions

    A_QUESTION_NEVER_TIMES_OUT(
            "every question has an end",
            "session/PendingAsk",
            "end(Reply.none(Reason.TIMEOUT, \"no answer came in time\"));",
            ""),
    QUESTIONS_SHARE_AN_ID(
            "an answer is that to its question",
            "session/PendingAsks",
            "PendingAsk ask = new PendingAsk(this, \"s-\" + ++lastNumber, reply);",
            "PendingAsk ask = new PendingAsk(this, \"s-\" + lastNumber, reply);"),
    QUESTIONS_OUTLIVE_THEIR_SESSION(
            "every question has an end",
            "session/PendingAsks",
            "all.forEach(ask -> ask.end(Reply.none(Reason.SESSION_OVER, \"the session ended while it was open\")));",
            ""),

    // --- time

    A_CLIENT_THAT_VANISHED_IS_NEVER_FOUND(
            "who is silent after a ping is gone",
            "liveness/HeartbeatMonitor",
            "client.end(CloseReason.HEARTBEAT_TIMEOUT, Ending.CUT);",
            ""),
    A_HEALTHY_CLIENT_IS_TAKEN_FOR_DEAD(
            "who answers pings stays",
            "liveness/HeartbeatMonitor",
            "long pinged = client.outbox().pingMadeSince(heard);",
            "long pinged = client.outbox().pingMadeSince(NEVER);"),
    WHAT_THE_HUB_SENDS_COUNTS_AS_A_SIGN_OF_LIFE(
            "who is silent after a ping is gone",
            "session/OutboxWriter",
            "done.receipt().onWritten();",
            "session.touch(); done.receipt().onWritten();"),
    A_STUCK_SEND_IS_WATCHED_ONCE_ONLY(
            "a client that does not read is found in time", "session/OutboxLine", "isWatched = false;", ""),
    A_CANCELLED_TIMER_STILL_RUNS(
            "a timer that was cancelled does not run", "DefaultTimers", "if (isCancelled) {", "if (isClosed) {"),
    A_TIMER_RUNS_TWICE(
            "a timer runs once",
            "DefaultTimers",
            "scheduled.schedule(delay);",
            "scheduled.schedule(delay); scheduled.schedule(delay);"),
    A_SHUTDOWN_DOES_NOT_WAIT_FOR_WHAT_IS_TO_BE_TOLD(
            "a shutdown ends behind the last callback",
            "Shutdown",
            "if (live.count() == 0 && presence.isIdle() && (places.taken() == 0 || !awaitsSockets)) {",
            "if (live.count() == 0 && (places.taken() == 0 || !awaitsSockets)) {");

    private static final String ENGINE = "io/hubwire/internal/";

    private final String promise;
    private final String file;
    private final String line;
    private final String planted;

    CoreFault(String promise, String file, String line, String planted) {
        this.promise = promise;
        this.file = file;
        this.line = line;
        this.planted = planted;
    }

    String promise() {
        return promise;
    }

    /** The classes in which it is planted, by their names. */
    Map<String, byte[]> plant() {
        return PatchedSource.of(ENGINE + file + ".java", line, planted).compile();
    }
}
