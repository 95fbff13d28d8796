// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a transcript shows of much, and where the rest is. */
class TranscriptTest {
    private final TestHub hub = TestHub.of();
    private final TestClient ann = hub.connect("ann");

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void only_those_who_are_involved_and_only_the_last_lines() {
        hub.connect("bob");
        push(200);

        String message = messageOf(() -> ann.expectClosed(1000));

        assertThat(message)
                .contains("    … 171 earlier lines\n    +0.000s  <- news 170")
                .doesNotContain("bob");
        assertThat(message.lines().filter(line -> line.startsWith("    +"))).hasSize(30);
        assertThat(message).endsWith("<- news 199");
    }

    @Test
    void the_lines_around_the_one_that_is_to_blame() {
        push(200);
        ann.expectPush("news").hasData("0");

        String message = messageOf(() -> ann.expectPush("other"));

        assertThat(message)
                .contains("    +0.000s  <- news 0   (read)\n    +0.000s  <- news 1   <== next unread\n")
                .endsWith("<- news 28\n    … 171 later lines");
    }

    @Test
    void both_ends_are_cut_when_the_blame_is_in_the_middle() {
        push(200);
        IntStream.range(0, 100).forEach(i -> ann.expectPush("news"));

        String message = messageOf(() -> ann.expectPush("other"));

        assertThat(message)
                .contains("    … 92 earlier lines\n    +0.000s  <- news 91   (read)\n")
                .contains("<- news 100   <== next unread\n")
                .endsWith("<- news 120\n    … 79 later lines");
    }

    @Test
    void the_whole_is_in_a_file_if_there_is_one() throws Exception {
        Path file = folder.resolve("deep").resolve("a_test.txt");
        hub.writesTranscriptTo(file);
        assertThat(messageOf(() -> ann.expectClosed(1000))).doesNotContain("a_test.txt");
        assertThat(file).doesNotExist();

        push(200);

        assertThat(messageOf(() -> ann.expectClosed(1000)))
                .contains("    … 171 earlier lines, the whole transcript is in " + file + "\n");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(202).contains("    +0.000s  ann -- connected", "    +0.000s  ann <- news 0");
    }

    @Test
    void a_file_that_cannot_be_written_is_not_mentioned() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        hub.writesTranscriptTo(file.resolve("below.txt"));
        push(200);

        assertThat(messageOf(() -> ann.expectClosed(1000))).contains("    … 171 earlier lines\n");
    }

    @Test
    void data_is_cut_at_110_characters() {
        hub.hub().all().send("news", Map.of("text", "x".repeat(300)));
        ann.sendRaw("y".repeat(300));

        assertThat(hub.transcript())
                .contains("<- news {\"text\":\"" + "x".repeat(101) + "… (311 characters)\n")
                .contains("-> raw " + "y".repeat(110) + "… (300 characters)\n");
    }

    @Test
    void what_a_test_has_done_with_each_message_is_marked() {
        push(4);
        ann.skipTo("news");
        assertThat(ann).received("news", Integer.class).hasSize(4);
        hub.hub().all().send("presence/joined", "bob");
        hub.hub().all().send("chat/said", "hi");
        ann.expectPush("news");
        ann.ignoring("presence/*").skipTo("chat/said");

        assertThat(hub.transcript()).contains("""
                    +0.000s  ann <- news 0   (read)
                    +0.000s  ann <- news 1   (read)
                    +0.000s  ann <- news 2   (skipped)
                    +0.000s  ann <- news 3   (skipped)
                    +0.000s  ann <- presence/joined "bob"   (ignored)
                    +0.000s  ann <- chat/said "hi"   (read)
                """.stripTrailing());
    }

    @Test
    void what_the_hub_drops_is_marked() {
        TestHub tight = TestHub.of(builder ->
                builder.outbox(OutboxPolicy.atMost(2, OutboxPolicy.MIN_BYTES).onOverflow(Overflow.DROP_OLDEST)));
        TestClient bob = tight.client().user("bob").socketBuffer(1).connect();
        bob.stopReading();
        IntStream.range(0, 6).forEach(i -> tight.hub().all().send("news", i));
        tight.settle();

        assertThat(tight.transcript()).contains("bob ## dropped 'news', by the outbox's policy");
        tight.close();
    }

    private void push(int count) {
        IntStream.range(0, count).forEach(i -> hub.hub().all().send("news", i));
        hub.settle();
    }

    private static String messageOf(ThrowingCallable failing) {
        return String.valueOf(catchThrowable(failing).getMessage());
    }
}
