// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.containers.CapturedLog;
import io.hubwire.containers.Server;
import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.containers.adapter.KeptPlace;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawPeer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handshakes that pass a filter of the application first. */
class FilteredHandshakeTest {
    private static final Filter PASSES = (request, response, chain) -> chain.doFilter(request, response);
    private static final Filter SIGNS_IN_ANN = (request, response, chain) -> chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public Principal getUserPrincipal() {
                    return () -> "ann";
                }

                @Override
                public @Nullable String getHeader(String name) {
                    return name.equalsIgnoreCase("X-Added") ? "by a filter" : super.getHeader(name);
                }
            },
            response);
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private final CompletableFuture<HandshakeResult> later = new CompletableFuture<>();

    /** Before every request, and not before what is dispatched again. */
    private Server behind(Filter filter, boolean isAsyncSupported) {
        return behind(filter, isAsyncSupported, EnumSet.of(DispatcherType.REQUEST));
    }

    private Server behind(Filter filter, boolean isAsyncSupported, EnumSet<DispatcherType> dispatches) {
        Consumer<ServletContext> adding = context -> {
            FilterRegistration.Dynamic registration = context.addFilter("the filter", filter);
            registration.setAsyncSupported(isAsyncSupported);
            registration.addMappingForUrlPatterns(dispatches, false, "/*");
        };
        return Server.setup().initializer(adding).serve(hub.endpoint()).start();
    }

    @Test
    void what_a_filter_adds_reaches_an_authenticator_that_decides_at_once() throws Exception {
        assertThat(readBehindFilter(CompletableFuture::completedFuture)).isEqualTo("ann, by a filter");
    }

    @Test
    void what_a_filter_adds_reaches_an_authenticator_that_decides_later_elsewhere() throws Exception {
        CompletableFuture<@Nullable Void> returned = new CompletableFuture<>();

        String read = readBehindFilter(handshake -> {
            // delayed until the container's thread has left the servlet, or is about to
            var unused = CompletableFuture.runAsync(() -> returned.complete(null), OWN_THREAD);
            return returned.thenApplyAsync(nothing -> handshake, OWN_THREAD);
        });

        assertThat(read).isEqualTo("ann, by a filter");
    }

    private String readBehindFilter(Function<Handshake, CompletableFuture<Handshake>> way) throws Exception {
        CompletableFuture<String> read = new CompletableFuture<>();
        hub.judging(asked -> way.apply(asked).thenApply(handshake -> {
            read.complete(principalAndHeader(handshake));
            return hub.newPlace();
        }));
        try (Server server = behind(SIGNS_IN_ANN, true);
                RawPeer peer = server.peer().open()) {
            assertThat(peer.reply().status()).isEqualTo(101);
            return read.join();
        }
    }

    private static String principalAndHeader(Handshake handshake) {
        Optional<String> added =
                handshake.unwrap(HttpServletRequest.class).map(request -> request.getHeader("X-Added"));
        return handshake.principal().map(Principal::getName).orElse("nobody") + ", " + added.orElse("nothing");
    }

    @Test
    void the_request_is_out_of_reach_once_the_handshake_is_decided() throws Exception {
        CompletableFuture<Handshake> seen = new CompletableFuture<>();
        hub.judging(handshake -> {
            seen.complete(handshake);
            return CompletableFuture.completedFuture(hub.newPlace());
        });
        try (Server server = behind(PASSES, true);
                RawPeer peer = server.peer().open()) {
            assertThat(peer.reply().status()).isEqualTo(101);
            assertThat(seen.join().unwrap(HttpServletRequest.class)).isEmpty();
            assertThat(seen.join().header("Host")).isPresent();
        }
    }

    @Test
    void a_filter_without_asynchronous_support_is_named_in_the_log_and_the_place_given_back() throws Exception {
        hub.judging(handshake -> later);
        try (CapturedLog log = new CapturedLog();
                Server server = behind(PASSES, false)) {
            assertThat(server.peer().exchange().status()).isEqualTo(500);

            KeptPlace late = hub.newPlace();
            later.complete(late);

            assertThat(late.releaseCount()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(log.lines())
                    .anyMatch(line -> line.contains("'/ws'") && line.contains("async-supported")));
        }
    }

    @Test
    void a_filter_that_has_begun_an_asynchronous_request_of_its_own_gets_500_and_the_place_is_given_back()
            throws Exception {
        hub.judging(handshake -> later);
        Filter begins = (request, response, chain) -> {
            AsyncContext own = request.startAsync(request, response);
            chain.doFilter(request, response);
            own.complete();
        };
        try (Server server = behind(begins, true)) {
            HttpReply reply = server.peer().exchange();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEqualTo("asynchronous requests are not supported here");
            KeptPlace late = hub.newPlace();
            later.complete(late);
            assertThat(late.releaseCount()).isEqualTo(1);
        }
    }

    @Test
    void a_filter_that_answers_a_decided_handshake_gives_its_place_back() throws Exception {
        KeptPlace place = hub.newPlace();
        hub.judging(handshake -> later);
        Filter answers = (request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
                response.setContentLength(0);
            } else {
                chain.doFilter(request, response);
                later.complete(place);
            }
        };
        try (Server server = behind(answers, true, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
                RawPeer peer = server.peer().send()) {
            assertThat(peer.reply().status()).isEqualTo(403);
            await().until(() -> place.releaseCount() == 1);
            assertThat(place.openCount()).isZero();
        }
    }

    @Test
    void a_decision_at_once_needs_no_asynchronous_support() throws Exception {
        try (Server server = behind(PASSES, false);
                RawPeer peer = server.peer().open()) {
            peer.sendText("hello");
            assertThat(hub.nextOpened().nextText()).isEqualTo("hello");
        }
    }
}
