// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the hub says on one connection, message by message. Thread-safe; read by one thread. */
final class Wiretap implements ClientLink.Receiver {
    private static final JsonMapper JSON = new JsonMapper();

    /** A message with its number and the frame in which it came, or a close. */
    private record Item(JsonNode message, long number, String frame, int closeCode) {
        @Override
        public String toString() {
            return closeCode > 0 ? "close " + closeCode : (number > 0 ? "#" + number + " " : "") + message;
        }
    }

    private final List<Item> items = new ArrayList<>();
    private int read;
    private boolean isCut;

    static boolean isCounted(JsonNode message) {
        return !message.path("volatile").asBoolean()
                && !message.path("event").asText().startsWith("hub/");
    }

    // --- what the connection brings

    @Override
    public synchronized void onText(String text) {
        JsonNode frame = parsed(text);
        long number = frame.path(0).asLong();
        boolean isNumbered = number > 0;
        for (JsonNode message : frame.isArray() ? frame : List.of(frame)) {
            if (!message.isNumber()) {
                items.add(new Item(message, isNumbered && isCounted(message) ? number++ : 0, text, 0));
            }
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf("no JSON: " + text); // is compared, and is not what any transcript wants
        }
    }

    @Override
    public void onPing() {}

    @Override
    public synchronized void onClosed(CloseReason reason) {
        if (!isCut) {
            items.add(new Item(MissingNode.getInstance(), 0, "", reason.code()));
        }
    }

    // --- what the transcript wants

    /** From here on nothing has to come, and whatever does is all right. */
    synchronized void cut() {
        isCut = true;
    }

    synchronized int position() {
        return read;
    }

    synchronized void backTo(int position) {
        read = position;
    }

    synchronized void requireNothing() {
        if (read < items.size() && !isCut) {
            throw new AssertionError("the hub said more: " + items.subList(read, items.size()));
        }
    }

    synchronized void requireClosed(int code) {
        if (isCut) {
            return;
        }
        Item item = next();
        if (item.closeCode() != code) {
            throw unread("the next should be close " + code + " and is " + item);
        }
    }

    synchronized void requireFrame(String text) {
        Item item = next();
        if (!TranscriptValues.isSame(text, item.frame())) {
            throw unread("the next should be " + text + " and is " + item.frame());
        }
    }

    synchronized void requireMessage(JsonNode expected, long number, TranscriptValues values) {
        Item item = next();
        Optional<String> difference = item.number() == number
                ? values.difference(expected.path("event").asText(), expected, item.message())
                : Optional.of("the number should be " + number);
        if (difference.isPresent()) {
            throw unread(difference.get() + "; the next is " + item);
        }
    }

    private Item next() {
        if (read == items.size()) {
            throw new AssertionError("the hub says nothing");
        }
        return items.get(read++);
    }

    private AssertionError unread(String misfit) {
        read--;
        return new AssertionError(misfit);
    }

    @Override
    public synchronized String toString() {
        return items.toString();
    }
}
