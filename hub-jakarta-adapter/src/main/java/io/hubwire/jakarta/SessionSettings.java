// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.Session;
import java.util.Map;

/**
 * What is set on every session, so that containers agree.
 *
 * <p>Message sizes are left alone: text arrives in parts, and the hub judges the whole. Tomcat allocates its buffers by
 * these sizes before it opens the session, Tyrus and Undertow do not keep to them.
 */
final class SessionSettings {
    private static final long NEVER = 0;

    /** The same for Tyrus, which for 0 starts a timer with every message. */
    private static final long NEVER_ON_TYRUS = -1;

    private static final String ABNORMAL_CLOSE = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    /**
     * Hints that Tomcat reads in the user properties, in milliseconds; others ignore them. A ping or a normal close
     * that cannot be written holds its thread for so long (default 20 s) and then ends the connection.
     */
    private static final Long TOMCAT_BLOCKING_SEND = 5_000L;

    /** How long any other close waits until it can be written, when nothing is in flight: the peer is slow at most. */
    private static final Long TOMCAT_ABNORMAL_CLOSE = 500L;

    /** The same behind a frame in flight, which may never be written: Tomcat's default. */
    private static final Long TOMCAT_HURRIED_CLOSE = 50L;

    /** After which time a peer that does not answer a close is cut (default 30 s); looked at every 10 s. */
    private static final Long TOMCAT_CLOSE_ANSWER = 2_000L;

    private SessionSettings() {}

    static void apply(Session session) {
        boolean isTyrus = session.getClass().getName().startsWith("org.glassfish.tyrus.");
        // the hub's heartbeat finds dead peers; Jetty's default is 30 s
        session.setMaxIdleTimeout(isTyrus ? NEVER_ON_TYRUS : NEVER);
        Map<String, Object> properties = session.getUserProperties();
        properties.put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", TOMCAT_BLOCKING_SEND);
        properties.put(ABNORMAL_CLOSE, TOMCAT_ABNORMAL_CLOSE);
        properties.put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", TOMCAT_CLOSE_ANSWER);
    }

    /**
     * Lets Tomcat soon give up a close that cannot be written, so that stalled peers do not hold the threads that close
     * them.
     */
    static void hurry(Session session) {
        session.getUserProperties().put(ABNORMAL_CLOSE, TOMCAT_HURRIED_CLOSE);
    }
}
