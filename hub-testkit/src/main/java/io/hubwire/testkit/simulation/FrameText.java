// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.spi.Frame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the hub has sent, or was about to send. */
final class FrameText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROTOCOL_ERROR = "{\"event\":\"hub/error\"";
    private static final String VOLATILE = "\"volatile\":true}";
    private static final int SHOWN = 4;

    private FrameText() {}

    /** The id of the message that a frame answers. */
    static Optional<String> idOf(Frame frame) {
        return Optional.ofNullable(read(frame).get("id")).map(JsonNode::asText);
    }

    /** Whether it may be lost with a connection, in the hubwire.v1 profile. */
    static boolean isVolatile(Frame frame) {
        return frame.text().startsWith(PROTOCOL_ERROR)
                || (frame.text().endsWith(VOLATILE)
                        && read(frame).path("volatile").asBoolean());
    }

    /** Whether it is the protocol's own, and no error. */
    static boolean isControl(String event) {
        return event.startsWith("hub/") && !event.equals("hub/error");
    }

    /** The first of them, as transcripts show messages. */
    static String shown(List<Frame> frames) {
        String more = frames.size() > SHOWN ? ", and " + (frames.size() - SHOWN) + " more" : "";
        return frames.stream().limit(SHOWN).map(FrameText::shown).collect(Collectors.joining(", ", "[", more + "]"));
    }

    private static String shown(Frame frame) {
        JsonNode root = read(frame);
        String code = root.path("code").asInt() == 0
                ? ""
                : " code=" + root.path("code").asInt();
        String data = root.has("data") ? " " + root.get("data") : "";
        return root.path("event").asText()
                + code
                + data
                + idOf(frame).map(id -> "  id=" + id).orElse("");
    }

    private static JsonNode read(Frame frame) {
        try {
            return JSON.readTree(frame.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the hub was to send what is not JSON: " + frame.text(), e);
        }
    }
}
