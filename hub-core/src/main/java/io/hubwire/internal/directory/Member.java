// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import io.hubwire.User;
import org.jspecify.annotations.Nullable;

/** What the directory knows of a session. */
public interface Member {
    /** Unique among all members. */
    String id();

    /** Grows with each member that is made: who came first. */
    long serial();

    /** Whose session it is, if anybody's. */
    @Nullable
    User identity();

    /** Whether it may still enter groups. Turns false once, before the member leaves the directory. */
    boolean isConnected();

    /** The groups it is in, in the order of joining; never changed in place. */
    String[] groupNames();

    /** Called by the membership index only, under its lock. */
    void groupNames(String[] names);
}
