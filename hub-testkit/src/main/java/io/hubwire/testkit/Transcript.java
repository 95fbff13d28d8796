// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened between a hub and its clients, in order. Thread-safe. */
final class Transcript {
    private static final int LONGEST_DATA = 110;
    private static final int LINES_SHOWN = 30;
    private static final int NOTES_SHOWN = 3;

    /** What a line is about, as the two signs in front of it. */
    enum Mark {
        SENT("->"),
        RECEIVED("<-"),
        LIFECYCLE("--"),
        FAILURE("!!");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }
    }

    private record Line(Duration at, String client, Mark mark, String text) {
        String render() {
            return "    " + VirtualTime.offset(at) + "  " + mark.sign + " " + text;
        }
    }

    private final VirtualTime time;

    @GuardedBy("this")
    private final List<Line> lines = new ArrayList<>();

    Transcript(VirtualTime time) {
        this.time = time;
    }

    synchronized void add(String client, Mark mark, String text) {
        lines.add(new Line(time.elapsed(), client, mark, text));
    }

    /** The lines about one client, the last ones if there are many. */
    String of(String client) {
        return "Transcript of " + client + legend()
                + shown(linesOf(client).stream().map(Line::render).toList());
    }

    /** The lines about everybody. */
    String ofAll() {
        return "Transcript of the whole hub" + legend()
                + shown(all().stream().map(Transcript::withName).toList());
    }

    /** The first failures of handlers, as notes. */
    List<String> failures() {
        return all().stream()
                .filter(line -> line.mark() == Mark.FAILURE)
                .map(line -> line.text() + " (client " + line.client() + ")")
                .distinct()
                .limit(NOTES_SHOWN)
                .toList();
    }

    static String shorten(String data) {
        return data.length() <= LONGEST_DATA
                ? data
                : data.substring(0, LONGEST_DATA) + "… (" + data.length() + " characters)";
    }

    private synchronized List<Line> all() {
        return List.copyOf(lines);
    }

    private List<Line> linesOf(String client) {
        return all().stream().filter(line -> line.client().equals(client)).toList();
    }

    private static String withName(Line line) {
        return "    " + VirtualTime.offset(line.at()) + "  " + line.client() + " " + line.mark().sign + " "
                + line.text();
    }

    private static String shown(List<String> lines) {
        int hidden = Math.max(0, lines.size() - LINES_SHOWN);
        String earlier = hidden == 0 ? "" : "\n    … " + hidden + " earlier lines";
        return earlier + "\n" + String.join("\n", lines.subList(hidden, lines.size()));
    }

    private static String legend() {
        return " (-> sent, <- received, -- lifecycle, !! handler failed; virtual time from " + VirtualTime.START + "):";
    }
}
