// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered to a handshake. Immutable and thread-safe.
 *
 * @param status the HTTP status
 * @param headers by their names in lower case; the last line of a name counts
 * @param body as UTF-8, empty without a content length
 */
public record HttpReply(int status, Map<String, String> headers, String body) {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int LONGEST_LINE = 16_384;

    /** Keeps a copy of the headers. */
    public HttpReply {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    static HttpReply readFrom(DataInputStream in) throws IOException {
        int status = readStatus(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("a header line without a colon: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = status == SWITCHING_PROTOCOLS ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new HttpReply(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static int readStatus(DataInputStream in) throws IOException {
        String line = readLine(in);
        if (!line.matches("HTTP/1\\.1 [1-5][0-9][0-9].*")) {
            throw new IOException("not a status line: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static String readLine(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
        }
        return line.toString();
    }

    /** Whether the handshake was accepted. */
    public boolean isUpgraded() {
        return status == SWITCHING_PROTOCOLS;
    }

    /** A header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
