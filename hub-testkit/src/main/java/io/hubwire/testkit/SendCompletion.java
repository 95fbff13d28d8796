// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/** When a fake connection says that a frame was sent: containers differ, and a hub must stand all of it. */
public enum SendCompletion {
    /** After the call to send has returned, as Tomcat does; the default. */
    LATER,
    /** Inside the call to send, as Undertow, Tyrus and Jetty do. */
    INLINE,
    /** Now this, now that, the same in every run. */
    MIXED
}
