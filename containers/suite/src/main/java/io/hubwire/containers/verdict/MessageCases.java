// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import static io.hubwire.containers.verdict.FrameCase.bytes;
import static io.hubwire.containers.verdict.FrameCase.bytesOf;
import static io.hubwire.containers.verdict.FrameCase.frames;
import static io.hubwire.containers.verdict.FrameCase.part;
import static io.hubwire.containers.verdict.FrameCase.text;
import static io.hubwire.containers.verdict.FrameCase.times;
import static io.hubwire.testkit.contract.RawFrame.BINARY;
import static io.hubwire.testkit.contract.RawFrame.CONTINUATION;
import static io.hubwire.testkit.contract.RawFrame.PING;
import static io.hubwire.testkit.contract.RawFrame.TEXT;

import io.hubwire.testkit.contract.RawFrame;
import java.util.List;
import java.util.stream.Stream;

/** Messages, good and bad, whole and in fragments. The hub takes 1,024 bytes and 16 fragments. */
final class MessageCases {
    private static final String ECHO = "{\"event\":\"echo\",\"data\":\"a\"}";
    private static final String ECHOED = "echo:0 open / echo 1000";
    private static final String MALFORMED = "error:1000 open / 1000";
    private static final String TOO_BIG = "closed 1009 / 1009";
    private static final String NOT_UTF8 = "closed 1007 / 1007";

    private MessageCases() {}

    static List<FrameCase> all() {
        return Stream.of(texts(), fragmentedTexts(), brokenMessages(), binaryMessages(), notUtf8())
                .flatMap(List::stream)
                .toList();
    }

    private static List<FrameCase> texts() {
        return List.of(
                text("an event", ECHOED, ECHO),
                text("an unknown event", "no/such:1300 open / 1000", "{\"event\":\"no/such\"}"),
                text("an event of the limit", ECHOED, echoOf(1_024)),
                text("a byte more", TOO_BIG, echoOf(1_025)),
                text("far too much", TOO_BIG, echoOf(200_000)),
                text(
                        "bytes count, not characters",
                        TOO_BIG,
                        "{\"event\":\"echo\",\"data\":\"" + "€".repeat(400) + "\"}"),
                text("characters of all widths", ECHOED, "{\"event\":\"echo\",\"data\":\"aä€😀\"}"),
                text("no JSON", MALFORMED, "hello"),
                text("an empty text", MALFORMED, ""),
                text("a JSON array", MALFORMED, "[]"),
                text("an escape of half a pair", MALFORMED, "{\"event\":\"echo\",\"data\":\"\\ud800\"}"),
                text("a byte order mark", MALFORMED, "\ufeff" + ECHO),
                text("a zero character", MALFORMED, ECHO + "\u0000"),
                frames(
                        "two events in one write",
                        "echo:0 echo:0 open / echo echo 1000",
                        RawFrame.text(ECHO),
                        RawFrame.text(ECHO)));
    }

    private static List<FrameCase> fragmentedTexts() {
        return List.of(
                frames(
                        "an event in two fragments",
                        ECHOED,
                        part(TEXT, false, ECHO.substring(0, 9)),
                        part(CONTINUATION, true, ECHO.substring(9))),
                frames(
                        "an event behind an empty fragment",
                        ECHOED,
                        part(TEXT, false, ""),
                        part(CONTINUATION, true, ECHO)),
                frames(
                        "an event before an empty fragment",
                        ECHOED,
                        part(TEXT, false, ECHO),
                        part(CONTINUATION, true, "")),
                frames("an empty text in fragments", MALFORMED, part(TEXT, false, ""), part(CONTINUATION, true, "")),
                frames(
                        "a ping within an event",
                        "pong:1 " + ECHOED,
                        part(TEXT, false, ECHO.substring(0, 9)),
                        RawFrame.of(PING, (byte) 1),
                        part(CONTINUATION, true, ECHO.substring(9))),
                frames(
                        "a character cut by fragments",
                        MALFORMED,
                        RawFrame.part(TEXT, false, bytesOf(0xe2, 0x82)),
                        RawFrame.part(CONTINUATION, true, bytesOf(0xac))));
    }

    private static List<FrameCase> brokenMessages() {
        return List.of(
                frames(
                        "too much in fragments",
                        TOO_BIG,
                        part(TEXT, false, "x".repeat(600)),
                        part(CONTINUATION, true, "x".repeat(600))),
                frames("too many fragments", TOO_BIG, fragments(40)),
                bytes("a text without a mask", "closed 1002 / 1002", 0x81, 0x01, 'a'),
                frames("a continuation of nothing", "closed 1002 / 1002", part(CONTINUATION, true, "a")),
                frames("a first part of nothing", "closed 1002 / 1002", part(CONTINUATION, false, "a")),
                frames("a text within a text", "closed 1002 / 1002", part(TEXT, false, "a"), part(TEXT, true, "b")),
                frames(
                        "a binary message within a text",
                        "closed 1002 / 1002",
                        part(TEXT, false, "a"),
                        part(BINARY, true, "b")));
    }

    private static List<FrameCase> binaryMessages() {
        return List.of(
                frames("a binary message", "closed 1003 / 1003", RawFrame.of(BINARY, (byte) 1)),
                frames("an empty binary message", "closed 1003 / 1003", RawFrame.of(BINARY)),
                frames(
                        "a binary message in fragments",
                        "closed 1003 / 1003",
                        part(BINARY, false, "a"),
                        part(CONTINUATION, true, "b")),
                frames("a large binary message", "closed 1003 / 1003", RawFrame.of(BINARY, new byte[200_000])));
    }

    private static List<FrameCase> notUtf8() {
        return List.of(
                frames("two bytes that are no UTF-8", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0xc3, 0x28))),
                frames("a surrogate as UTF-8", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0xed, 0xa0, 0x80))),
                frames("an overlong slash", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0xc0, 0xaf))),
                frames("a character beyond the last", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0xf4, 0x90, 0x80, 0x80))),
                frames("a character without its end", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0xe2, 0x82))),
                frames("a lone continuation byte", NOT_UTF8, RawFrame.of(TEXT, bytesOf(0x80))),
                frames(
                        "a fragment that is no UTF-8",
                        NOT_UTF8,
                        RawFrame.part(TEXT, false, bytesOf(0xff)),
                        part(CONTINUATION, true, "a")));
    }

    static RawFrame[] fragments(int count) {
        RawFrame[] all = times(count, part(CONTINUATION, false, "x"));
        all[0] = part(TEXT, false, "x");
        all[count - 1] = part(CONTINUATION, true, "x");
        return all;
    }

    private static String echoOf(int bytes) {
        return ECHO.replace("\"a\"", "\"" + "a".repeat(bytes - ECHO.length() + 1) + "\"");
    }
}
