// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.testkit.contract.MatrixReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation shows the contract as it is declared; that it is so, the contract's own tests say. */
class ContractDocumentTest {
    private static final Path DOCUMENT = Path.of("../../docs/containers.md");
    private static final Pattern MATRIX =
            Pattern.compile("(<!-- contract: begin -->\\n).*(?=<!-- contract: end -->)", Pattern.DOTALL);
    private static final List<String> COLUMNS =
            List.of("Tomcat 10.1, 11", "Jetty 12.0, 12.1", "Undertow 2.3", "Tyrus 2.1, 2.2");

    @Test
    void the_matrix_in_the_documentation_is_the_declared_one() throws IOException {
        String text = Files.readString(DOCUMENT);
        String fresh = MATRIX.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(declared()));
        if (System.getProperty("docs.write") != null && !fresh.equals(text)) {
            Files.writeString(DOCUMENT, fresh);
            text = fresh;
        }
        assertThat(text)
                .as("docs/containers.md differs from the declared gaps; to refresh it, run this test with -Ddocs.write")
                .isEqualTo(fresh);
    }

    private static String declared() {
        Stream<MatrixReport> columns =
                COLUMNS.stream().map(name -> MatrixReport.declared(name, ContractGaps.of(name.split(" ", 2)[0])));
        return MatrixReport.merge(columns.toList()).markdown();
    }
}
