// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubInitializerTest {
    private final CountedHub chat = new CountedHub();
    private final CountedHub news = new CountedHub();
    private final List<HubEndpoint> endpoints = List.of(
            HubEndpoint.serving(chat.hub()).at("/chat"),
            HubEndpoint.serving(news.hub()).at("/news"));

    @TempDir
    Path folder;

    /** Gives what the test put into the application's attribute. */
    public static class Giving implements HubProvider {
        @Override
        @SuppressWarnings("unchecked")
        public Collection<HubEndpoint> endpoints(ServletContext context) {
            return (Collection<HubEndpoint>) context.getAttribute("endpoints");
        }
    }

    public static class GivingAgain extends Giving {}

    public static class GivingNull implements HubProvider {
        @Override
        public Collection<HubEndpoint> endpoints(ServletContext context) {
            return null;
        }
    }

    public static class Throwing implements HubProvider {
        @Override
        public Collection<HubEndpoint> endpoints(ServletContext context) {
            throw new IllegalStateException("no database");
        }
    }

    public static class NotMade extends Giving {
        public NotMade() {
            throw new IllegalStateException("no settings");
        }
    }

    public static class NoProvider {}

    @Test
    void an_application_without_a_provider_is_left_alone() throws Exception {
        StartingApplication application = new StartingApplication(folder, endpoints);

        new HubInitializer().onStartup(null, application.context());

        assertThat(application.servedPaths()).isEmpty();
    }

    @Test
    void every_endpoint_of_a_provider_is_deployed() throws Exception {
        StartingApplication application = start(Giving.class.getName());

        assertThat(application.servedPaths()).containsExactly("/chat", "/news");
        assertThat(chat.startCount()).isEqualTo(1);
        assertThat(news.startCount()).isEqualTo(1);
    }

    @Test
    void a_provider_that_wants_no_hub_this_time_is_no_failure() throws Exception {
        StartingApplication application = new StartingApplication(folder, List.of(), Giving.class.getName());

        new HubInitializer().onStartup(null, application.context());

        assertThat(application.servedPaths()).isEmpty();
    }

    @Test
    void a_failing_provider_fails_the_start_under_its_name_and_no_hub_stays_open() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start(Giving.class.getName(), Throwing.class.getName()))
                .withMessage("hub provider " + Throwing.class.getName() + " failed: no database")
                .withCauseInstanceOf(IllegalStateException.class);

        assertThat(chat.closeCount()).isEqualTo(1);
        assertThat(news.closeCount()).isEqualTo(1);
    }

    @Test
    void two_endpoints_on_one_path_fail_the_start() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start(Giving.class.getName(), GivingAgain.class.getName()))
                .withMessageContaining(GivingAgain.class.getName())
                .withMessageContaining("a hub is already deployed at '/chat'");
    }

    @Test
    void a_provider_that_cannot_be_made_fails_the_start_under_its_name() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start(NotMade.class.getName()))
                .withMessageContaining(NotMade.class.getName());
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start("com.example.Missing"))
                .withMessageContaining("com.example.Missing");
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start(NoProvider.class.getName()))
                .withMessageContaining(NoProvider.class.getName());
    }

    @Test
    void a_provider_that_gives_null_fails_the_start() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> start(GivingNull.class.getName()))
                .withMessageContaining(GivingNull.class.getName())
                .withMessageContaining("gave null");
    }

    @Test
    void containers_find_it_in_the_jar() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(HubInitializer.class);
    }

    private StartingApplication start(String... providers) throws Exception {
        StartingApplication application = new StartingApplication(folder, endpoints, providers);
        new HubInitializer().onStartup(null, application.context());
        return application;
    }
}
