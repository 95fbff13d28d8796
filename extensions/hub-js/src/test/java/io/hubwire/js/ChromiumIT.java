// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.testkit.network.CutPlan;
import io.hubwire.testkit.network.DeliveryHistory;
import io.hubwire.testkit.network.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The client out of the web jar in a real Chromium, against a hub on Tomcat in a process of its own, through a proxy
 * that breaks connections. Needs {@code chromium} on the path, and fails without it.
 */
class ChromiumIT {
    private static final int KILLS = 20;
    private static final int CUTS = 50;
    private static final int MESSAGES_BETWEEN_KILLS = 50;
    private static final int HIDDEN_MS = 150_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final PageHistory history = new PageHistory();
    private HubProcess hub;
    private FaultProxy proxy;
    private Browser browser;
    private Tab tab;

    @BeforeEach
    void open() throws Exception {
        Path work = Files.createTempDirectory(Path.of("target"), "chromium");
        Path pages = Files.createDirectory(work.resolve("pages"));
        Files.copy(Path.of("test/browser/page.html"), pages.resolve("page.html"));
        Files.writeString(pages.resolve("other.html"), "<!doctype html><title>Another page</title>");
        hub = new HubProcess(work);
        proxy = FaultProxy.to(hub.port());
        browser = Browser.start();
        tab = browser.open(address("/page.html"));
        until(() -> history.count("session none") == 1);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        browser.close();
        hub.close();
    }

    private String address(String path) {
        return "http://127.0.0.1:" + proxy.port() + path;
    }

    /** Reads what the page was told until the condition holds. */
    private void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            history.add(tab.evaluate("window.proof ? proof.take() : []"));
            return condition.call();
        });
    }

    private void untilAnother(String line) {
        long before = history.count(line);
        until(() -> history.count(line) > before);
    }

    private List<String> record() throws Exception {
        return Files.readAllLines(hub.record());
    }

    @Test
    void the_jar_has_a_module_that_asks_is_asked_and_joins_without_a_build_step() throws Exception {
        assertThat(ChromiumIT.class.getResource("/META-INF/resources/webjars/hubwire/hubwire.min.js"))
                .hasProtocol("jar");
        HttpRequest request = HttpRequest.newBuilder(URI.create(address("/webjars/hubwire/hubwire.min.js")))
                .build();
        HttpResponse<String> module = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));

        assertThat(tab.evaluate("proof.client.request('twice', 21)").asInt()).isEqualTo(42);
        assertThat(tab.evaluate("proof.client.join('room-1')").toString()).isEqualTo("[\"room-1\"]");
        assertThat(browser.exceptions()).isEmpty();
    }

    @Test
    void close_is_heard_by_the_hub_and_nothing_is_tried_after_it() throws Exception {
        tab.evaluate("proof.client.close()");

        await().atMost(PATIENCE).until(() -> record().contains("ended 1000"));
        long connections = proxy.connections();
        tab.evaluate("dispatchEvent(new Event('online'))");
        tab.evaluate("new Promise((resolve) => setTimeout(resolve, 2_000))");
        assertThat(proxy.connections()).isEqualTo(connections);
        assertThat(tab.evaluate("proof.client.state.name").asText()).isEqualTo("closed");
    }

    @Test
    void a_hub_that_is_killed_and_started_again_loses_nothing_without_a_word() throws Exception {
        tab.evaluate("proof.begin()");
        for (int kill = 0; kill < KILLS; kill++) {
            String message = "note hub-" + (kill + 1) + '/';
            until(() -> history.count(message) >= MESSAGES_BETWEEN_KILLS && history.hasWhatWaitedArrived(record()));
            hub.kill();
            untilAnother("kept");
            hub.restart();
            untilAnother("session unknown");
        }
        untilAnother("note hub-" + (KILLS + 1) + "/room ");
        tab.evaluate("proof.stop()");
        until(() -> true);

        List<String> record = record();
        history.requireNothingRanTwice(record);
        history.requireWhatWaitedArrived(record);
        requireFaultless("killed " + KILLS + " times", record);
        assertThat(history.count("state open true")).isZero();
    }

    @Test
    void connections_that_are_cut_while_both_sides_send_lose_nothing_without_a_word() throws Exception {
        tab.evaluate("proof.begin()");
        proxy.cutEach(CutPlan.atRandom(5, 8_000, 40_000)).cut();
        until(() -> proxy.cuts() >= CUTS);
        proxy.cutEach(CutPlan.never());
        tab.evaluate("proof.stop()");
        until(() -> true);

        List<String> record = record();
        history.requireNothingRanTwice(record);
        requireFaultless("cut " + proxy.cuts() + " times", record);
        assertThat(history.count("session")).isEqualTo(1);
    }

    private void requireFaultless(String what, List<String> record) {
        DeliveryHistory.Verdict verdict = history.verdict(record);
        System.out.printf(
                "%s: resumed %d, new sessions %d; of %d messages %d applied, %d excused; lost %d, twice %d, "
                        + "disordered %d; events sent %d, kept %d, arrived %d; requests answered %d, failed %d%n",
                what,
                history.count("state open true"),
                history.count("session"),
                verdict.sent(),
                verdict.applied(),
                verdict.excused(),
                verdict.lost(),
                verdict.twice(),
                verdict.disordered(),
                history.count("said") + history.count("kept"),
                history.count("kept"),
                record.stream().filter(line -> line.startsWith("said")).count(),
                history.count("counted"),
                history.count("failed"));
        assertThat(verdict.isFaultless()).as(verdict.toString()).isTrue();
        assertThat(verdict.applied()).isPositive();
        assertThat(browser.exceptions()).isEmpty();
    }

    @Test
    void a_group_that_the_client_is_taken_out_of_while_it_is_away_is_told() {
        tab.evaluate("proof.client.join('room-1')");
        tab.evaluate("proof.client.request('leave-later')");
        proxy.refuse();
        proxy.cut();
        until(() -> history.count("state waiting") >= 3);
        proxy.accept();

        until(() -> history.count("left room-1") > 0);
        assertThat(history.count("state open true")).isEqualTo(1);
        assertThat(tab.evaluate("proof.client.groups").toString()).isEqualTo("[]");
        assertThat(tab.evaluate("proof.client.join('room-1')").toString()).isEqualTo("[\"room-1\"]");
    }

    @Test
    void a_hidden_tab_stays_connected_and_a_dead_connection_is_found_when_it_is_seen() {
        browser.open("about:blank");
        until(() -> tab.evaluate("document.hidden").asBoolean());
        long connections = proxy.connections();

        tab.evaluate("proof.watchTimers(" + HIDDEN_MS + ")");
        await().atMost(PATIENCE).until(() -> tab.evaluate("proof.latest > 0").asBoolean());

        int latest = tab.evaluate("proof.latest").asInt();
        System.out.printf("hidden for %d ms: a timer of 500 ms took %d ms%n", HIDDEN_MS, latest);
        assertThat(latest).as("a timer of a hidden tab").isGreaterThan(30_000);
        assertThat(proxy.connections()).isEqualTo(connections);
        assertThat(tab.evaluate("proof.client.request('twice', 4)").asInt()).isEqualTo(8);

        proxy.stall();
        tab.show();
        until(() -> history.count("state waiting 4201") == 1);
        proxy.flow();
        until(() -> history.count("state open true") == 1);
        assertThat(history.count("session")).isEqualTo(1);
    }

    @Test
    void a_page_that_has_been_offline_is_back_as_soon_as_it_is_online() {
        tab.setOffline(true);
        proxy.refuse();
        proxy.cut();
        until(() -> history.count("state waiting") >= 5);
        proxy.accept();
        tab.setOffline(false);

        until(() -> history.count("state open true") == 1);
    }

    @Test
    void a_page_that_is_left_and_returned_to_is_connected_again() {
        tab.navigate(address("/other.html"));
        await().atMost(PATIENCE)
                .until(() -> tab.evaluate("document.title").asText().equals("Another page"));
        tab.evaluate("history.back()");

        await().atMost(PATIENCE)
                .until(() -> tab.evaluate("window.proof !== undefined").asBoolean());
        untilAnother("shown");
        await().atMost(PATIENCE)
                .until(() -> tab.evaluate("proof.client.state.name").asText().equals("open"));
        assertThat(tab.evaluate("proof.client.request('twice', 4)").asInt()).isEqualTo(8);
    }
}
