// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.util.List;
import java.util.stream.Stream;

/** What a peer asks for when it connects. Immutable and thread-safe: each call returns another one. */
public final class ClientHandshake {
    /**
     * One line of its head, beside those that every handshake has.
     *
     * @param name of the header
     * @param value of the header
     */
    public record Header(String name, String value) {}

    private final String target;
    private final List<Header> headers;
    private final boolean isWindowSmall;
    private final List<RawFrame> behind;

    private ClientHandshake(String target, List<Header> headers, boolean isWindowSmall, List<RawFrame> behind) {
        this.target = target;
        this.headers = headers;
        this.isWindowSmall = isWindowSmall;
        this.behind = behind;
    }

    /** A plain one. */
    public static ClientHandshake to(String pathAndQuery) {
        return new ClientHandshake(pathAndQuery, List.of(), false, List.of());
    }

    /** With one more header line. */
    public ClientHandshake header(String name, String value) {
        List<Header> more = Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                .toList();
        return new ClientHandshake(target, more, isWindowSmall, behind);
    }

    /** With little room for what the peer has not read. */
    public ClientHandshake smallWindow() {
        return new ClientHandshake(target, headers, true, behind);
    }

    /** With frames in the same write, right behind the head. */
    public ClientHandshake followedBy(RawFrame... frames) {
        return new ClientHandshake(target, headers, isWindowSmall, List.of(frames));
    }

    /** Path and query. */
    public String target() {
        return target;
    }

    /** The additional header lines, in order; unmodifiable. */
    public List<Header> headers() {
        return headers;
    }

    /** Whether there is little room for what the peer has not read. */
    public boolean isWindowSmall() {
        return isWindowSmall;
    }

    /** What follows in the same write; unmodifiable. */
    public List<RawFrame> behind() {
        return behind;
    }

    @Override
    public String toString() {
        return "GET " + target + (headers.isEmpty() ? "" : " " + headers);
    }
}
