// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.TypeToken;
import java.util.List;

// region names
/** What a hub and its clients say to each other; both compile against it. */
public final class Chat {
    /** To the hub. */
    public record Say(String room, String text) {}

    /** To all in the room. */
    public record Said(String from, String text) {}

    public static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    public static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    public static final RequestType<String, List<Said>> RECENT =
            RequestType.of("chat/recent", String.class, new TypeToken<>() {});
    public static final RequestType<String, Boolean> INVITE =
            RequestType.of("chat/invite", String.class, Boolean.class);
    // endregion

    private Chat() {}
}
