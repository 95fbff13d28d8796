// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened between a hub and its clients, in order. Thread-safe. */
final class Transcript {
    private static final int LONGEST_DATA = 110;
    private static final int LINES_SHOWN = 30;
    private static final int LINES_BEFORE_ARROW = 9;
    private static final String TITLE = "Transcript of ";
    private static final String EVERYBODY = "the whole hub";

    /** What a line is about, as the two signs in front of it. */
    enum Mark {
        SENT("->"),
        RECEIVED("<-"),
        LIFECYCLE("--"),
        DECISION("##"),
        FAILURE("!!");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }
    }

    /** Points at the line of a message. */
    record Arrow(ReceivedMessage message, String text) {}

    /**
     * One line.
     *
     * @param text what it says, secrets masked; asked for when it is shown, because most lines never are
     */
    private record Line(
            Duration at, String client, Mark mark, Supplier<String> text, Optional<ReceivedMessage> message) {
        String render(boolean withName, Optional<Arrow> arrow) {
            return "    " + VirtualTime.offset(at) + "  " + (withName ? client + " " : "") + mark.sign + " "
                    + text.get()
                    + arrow.filter(this::isTarget)
                            .map(target -> "   <== " + target.text())
                            .orElseGet(this::reading);
        }

        private String reading() {
            return message.map(received -> received.reading().note).orElse("");
        }

        boolean isTarget(Arrow arrow) {
            return message.filter(received -> received == arrow.message()).isPresent();
        }
    }

    private final Pace pace;
    private final Redactor redactor;

    @GuardedBy("this")
    private final List<Line> lines = new ArrayList<>();

    Transcript(Pace pace, Redactor redactor) {
        this.pace = pace;
        this.redactor = redactor;
    }

    Redactor redactor() {
        return redactor;
    }

    void add(String client, Mark mark, String text) {
        add(client, mark, () -> redactor.masked(text), Optional.empty());
    }

    /** A message of the protocol. */
    void sent(String client, String frame) {
        add(client, Mark.SENT, () -> redactor.masked(ClientJson.describe(frame, redactor)), Optional.empty());
    }

    void received(String client, ReceivedMessage message) {
        add(client, Mark.RECEIVED, message::toString, Optional.of(message));
    }

    private synchronized void add(String client, Mark mark, Supplier<String> text, Optional<ReceivedMessage> message) {
        lines.add(new Line(pace.elapsed(), client, mark, text, message));
    }

    /** Every line about everybody. */
    String whole() {
        return headline(EVERYBODY) + "\n" + String.join("\n", rendered(all(), true, Optional.empty()));
    }

    /** The lines about everybody, the last ones if there are many. */
    String ofAll(WholeTranscript whole) {
        return headline(EVERYBODY) + shown(all(), true, Optional.empty(), whole);
    }

    /**
     * The lines about some clients: around the arrow if there is one, otherwise the last ones. About everybody, if nothing is
     * known about any of them.
     */
    String of(Set<String> clients, Optional<Arrow> arrow, WholeTranscript whole) {
        List<Line> about =
                all().stream().filter(line -> clients.contains(line.client())).toList();
        if (about.isEmpty()) {
            return ofAll(whole);
        }
        String names = about.stream().map(Line::client).distinct().sorted().collect(Collectors.joining(", "));
        return headline(names) + shown(about, clients.size() > 1, arrow, whole);
    }

    /** Whether a text has a transcript in it. */
    static boolean isIn(@Nullable String text) {
        return text != null && text.contains("\n" + TITLE);
    }

    static String shorten(String data) {
        return data.length() <= LONGEST_DATA
                ? data
                : data.substring(0, LONGEST_DATA) + "… (" + data.length() + " characters)";
    }

    private synchronized List<Line> all() {
        return List.copyOf(lines);
    }

    private String shown(List<Line> lines, boolean withNames, Optional<Arrow> arrow, WholeTranscript whole) {
        int first = Math.max(0, lines.size() - LINES_SHOWN);
        int target = arrow.map(aim -> indexOf(aim, lines)).orElse(lines.size());
        int from = Math.min(first, Math.max(0, target - LINES_BEFORE_ARROW));
        int to = Math.min(lines.size(), from + LINES_SHOWN);
        List<String> shown = new ArrayList<>();
        if (from > 0) {
            shown.add("    … " + from + " earlier lines" + whole.place(this));
        }
        shown.addAll(rendered(lines.subList(from, to), withNames, arrow));
        if (to < lines.size()) {
            shown.add("    … " + (lines.size() - to) + " later lines" + (from > 0 ? "" : whole.place(this)));
        }
        return "\n" + String.join("\n", shown);
    }

    private static int indexOf(Arrow arrow, List<Line> lines) {
        int index = 0;
        while (index < lines.size() && !lines.get(index).isTarget(arrow)) {
            index++;
        }
        return index;
    }

    private static List<String> rendered(List<Line> lines, boolean withNames, Optional<Arrow> arrow) {
        return lines.stream().map(line -> line.render(withNames, arrow)).toList();
    }

    private String headline(String whose) {
        return TITLE + whose + " (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; " + pace.clock()
                + "):";
    }
}
