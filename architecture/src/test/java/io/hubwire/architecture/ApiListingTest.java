// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A change of the API is seen in review: it changes a file in {@code api/}. */
class ApiListingTest {
    private static final String REWRITE = "the API changed; if that is meant: mvn -q -Pfast verify -Dapi.write";

    @Test
    void the_api_of_hub_core_is_as_listed() {
        compareOrWrite("hub-core");
    }

    @Test
    void the_api_of_hub_jakarta_adapter_is_as_listed() {
        compareOrWrite("hub-jakarta-adapter");
    }

    @Test
    void the_api_of_hub_testkit_is_as_listed() {
        compareOrWrite("hub-testkit");
    }

    @Test
    void the_api_of_hub_client_is_as_listed() {
        compareOrWrite("extensions/hub-client");
    }

    @Test
    void a_listing_shows_what_users_can_reach_and_nothing_else() throws Exception {
        Path sources = Files.createTempDirectory("api");
        Repository.write(sources.resolve("module-info.java"), "module m { exports a; }");
        Repository.write(sources.resolve("b/Hidden.java"), "package b; public class Hidden {}");
        Repository.write(sources.resolve("a/Outer.java"), "package a; class Outer { public static class Nested {} }");
        Repository.write(sources.resolve("a/Shown.java"), """
                package a;
                public class Shown<T extends Comparable<T>> {
                    void internal() {}
                    private int secret;
                    protected static class Nested {}
                    static class Own {}
                    public T z() { return null; }
                    protected int a;
                    public static void a(java.util.List<? super String> list) throws java.io.IOException {}
                }
                """);

        Compiler.Result result = Compiler.compile(sources, "");

        assertThat(result.messages()).isEmpty();
        assertThat(ApiListing.of(result.classes())).isEqualTo("""
                        public class a.Shown<T extends java.lang.Comparable<T>> {
                          protected int a;
                          public T z();
                          public a.Shown();
                          public static void a(java.util.List<? super java.lang.String>) throws java.io.IOException;
                        }

                        public class a.Shown$Nested {
                          protected a.Shown$Nested();
                        }
                        """);
    }

    private static void compareOrWrite(String module) {
        Path file = Repository.path("api/" + Path.of(module).getFileName() + ".txt");
        String listing = ApiListing.of(Repository.mainClasses(module));
        if (System.getProperty("api.write") != null && !listing.isEmpty()) {
            Repository.write(file, listing);
        }
        assertThat(listing).as(REWRITE).isEqualTo(Files.exists(file) ? Repository.read(file) : "");
    }
}
