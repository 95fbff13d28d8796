// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows is code that compiles. */
class DocumentedRegionsTest {
    @TempDir
    Path folder;

    @Test
    void every_bound_block_equals_its_region() {
        DocumentedRegions regions = new DocumentedRegions(Repository.path(""));
        for (Path document : documents()) {
            String text = Repository.read(document);
            String fresh = regions.refresh(text);
            if (System.getProperty("docs.write") != null && !fresh.equals(text)) {
                Repository.write(document, fresh);
                text = fresh;
            }
            assertThat(text)
                    .as("%s differs from its regions; to refresh it: mvn -q -Pfast verify -Ddocs.write", document)
                    .isEqualTo(fresh);
        }
    }

    @Test
    void a_stale_block_is_replaced_by_its_region_without_indentation() {
        Repository.write(
                folder.resolve("A.java"),
                "class A {\n    // region main\n    void a() {\n        b(\"$1\");\n    }\n    // endregion\n}\n");

        String fresh = new DocumentedRegions(folder)
                .refresh("Text\n<!-- region: A.java#main -->\n```java\nold\n```\n```java\nfree\n```\n");

        assertThat(fresh).isEqualTo("""
                        Text
                        <!-- region: A.java#main -->
                        ```java
                        void a() {
                            b("$1");
                        }
                        ```
                        ```java
                        free
                        ```
                        """);
    }

    @Test
    void a_block_of_type_script_is_bound_like_one_of_java() {
        Repository.write(folder.resolve("a.ts"), "// region main\n  a();\n// endregion\n");

        String fresh = new DocumentedRegions(folder).refresh("<!-- region: a.ts#main -->\n```ts\nold\n```\n");

        assertThat(fresh).isEqualTo("<!-- region: a.ts#main -->\n```ts\na();\n```\n");
    }

    @Test
    void a_region_that_is_gone_is_named() {
        Repository.write(folder.resolve("A.java"), "class A {}\n");
        DocumentedRegions regions = new DocumentedRegions(folder);

        assertThatThrownBy(() -> regions.refresh("<!-- region: A.java#main -->\n```java\n```\n"))
                .hasMessageContaining("A.java has no region \"main\"");
    }

    private static List<Path> documents() {
        return Stream.concat(
                        Stream.of(Repository.path("README.md")).filter(Files::exists),
                        Repository.filesUnder(Repository.path("docs"), ".md").stream())
                .toList();
    }
}
