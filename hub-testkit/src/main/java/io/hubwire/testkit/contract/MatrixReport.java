// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubwire.testkit.contract.Rule.Kind;
import io.hubwire.testkit.contract.Rule.Level;
import io.hubwire.testkit.contract.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the rules on one transport, or on several side by side. Immutable and thread-safe. */
public final class MatrixReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private record Column(String transport, List<Verdict> verdicts) {
        Optional<Verdict> on(Rule rule) {
            return verdicts.stream()
                    .filter(verdict -> verdict.rule().id().equals(rule.id()))
                    .findFirst();
        }
    }

    private final List<Column> columns;

    private MatrixReport(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Of one transport. */
    public static MatrixReport of(String transport, List<Verdict> verdicts) {
        return new MatrixReport(List.of(new Column(transport, List.copyOf(verdicts))));
    }

    /** Of one transport as it is declared: every rule holds but for the known gaps. */
    public static MatrixReport declared(String transport, Map<String, String> knownGaps) {
        return of(
                transport,
                Rules.all().stream()
                        .map(rule -> knownGaps.containsKey(rule.id())
                                ? new Verdict(rule, Outcome.GAP, knownGaps.getOrDefault(rule.id(), ""), 0)
                                : new Verdict(rule, Outcome.HOLDS, "", 0))
                        .toList());
    }

    /** Several side by side, in this order. */
    public static MatrixReport merge(List<MatrixReport> reports) {
        return new MatrixReport(
                reports.stream().flatMap(report -> report.columns.stream()).toList());
    }

    /**
     * Merges reports.
     *
     * @param arguments JSON files that runs have written; the Markdown of all goes to the console
     */
    public static void main(String[] arguments) throws IOException {
        List<MatrixReport> reports = new ArrayList<>();
        for (String file : arguments) {
            reports.add(read(Path.of(file)));
        }
        System.out.println(merge(reports).markdown());
    }

    /** Reads what {@link #writeTo} wrote. */
    public static MatrixReport read(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode row : root.path("rules")) {
            verdicts.add(verdictOf(row));
        }
        return of(root.path("transport").asText(), verdicts);
    }

    private static Verdict verdictOf(JsonNode row) {
        Rule rule = new Rule(
                row.path("id").asText(),
                Level.valueOf(upper(row.path("level").asText())),
                Kind.valueOf(upper(row.path("kind").asText())),
                row.path("sentence").asText());
        return new Verdict(
                rule,
                Outcome.valueOf(upper(row.path("outcome").asText())),
                row.path("note").asText(),
                row.path("millis").asLong());
    }

    /** Writes {@code <transport>.json} and {@code <transport>.md}; a report of several writes the two of each. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Column column : columns) {
            String name = column.transport().replaceAll("[^A-Za-z0-9.]+", "-");
            JSON.writeValue(folder.resolve(name + ".json").toFile(), json(column));
            Files.writeString(folder.resolve(name + ".md"), new MatrixReport(List.of(column)).markdown());
        }
    }

    private static ObjectNode json(Column column) {
        ObjectNode root = JSON.createObjectNode().put("transport", column.transport());
        ArrayNode rows = root.putArray("rules");
        for (Verdict verdict : column.verdicts()) {
            rows.addObject()
                    .put("id", verdict.rule().id())
                    .put("level", lower(verdict.rule().level()))
                    .put("kind", lower(verdict.rule().kind()))
                    .put("sentence", verdict.rule().sentence())
                    .put("outcome", lower(verdict.outcome()))
                    .put("note", verdict.note())
                    .put("millis", verdict.millis());
        }
        return root;
    }

    /** For people at a console. */
    public String table() {
        StringBuilder table = new StringBuilder();
        for (Column column : columns) {
            table.append("Transport contract on ").append(column.transport()).append('\n');
            for (Verdict verdict : column.verdicts()) {
                String note = shortNote(verdict);
                table.append(String.format(
                        Locale.ROOT,
                        "  %-9s %-6s %-6s %6d ms  %s%n",
                        verdict.rule().id(),
                        lower(verdict.rule().level()),
                        lower(verdict.outcome()),
                        verdict.millis(),
                        note));
            }
        }
        return table.toString();
    }

    private static String shortNote(Verdict verdict) {
        return verdict.outcome() != Outcome.BROKEN
                ? verdict.note()
                : verdict.note()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("expected ") || line.startsWith("seen "))
                        .collect(Collectors.joining(", "));
    }

    /** As a table with a column for each transport, and below it the reasons of the gaps. */
    public String markdown() {
        String names = columns.stream().map(Column::transport).collect(Collectors.joining(" | "));
        String lines = "|---".repeat(columns.size() + 2) + "|";
        String rows = rules().map(this::row).collect(Collectors.joining("\n"));
        String gaps = columns.stream().flatMap(MatrixReport::gaps).collect(Collectors.joining("\n"));
        return "| Rule | Level | " + names + " |\n" + lines + "\n" + rows + "\n"
                + (gaps.isEmpty() ? "" : "\n" + gaps + "\n");
    }

    private Stream<Rule> rules() {
        return columns.stream()
                .flatMap(column -> column.verdicts().stream())
                .map(Verdict::rule)
                .collect(Collectors.toMap(Rule::id, rule -> rule, (first, again) -> first, LinkedHashMap::new))
                .values()
                .stream();
    }

    private String row(Rule rule) {
        String cells = columns.stream()
                .map(column -> column.on(rule).map(MatrixReport::cell).orElse("–"))
                .collect(Collectors.joining(" | "));
        return "| " + rule.id() + " " + rule.sentence() + " | " + lower(rule.level()) + " | " + cells + " |";
    }

    private static String cell(Verdict verdict) {
        return switch (verdict.outcome()) {
            case HOLDS, HEALED -> "ok";
            case GAP -> "**gap**";
            case BROKEN -> "**broken**";
        };
    }

    private static Stream<String> gaps(Column column) {
        return column.verdicts().stream()
                .filter(verdict -> verdict.outcome() == Outcome.GAP)
                .map(verdict ->
                        "- " + column.transport() + ", " + verdict.rule().id() + ": " + verdict.note());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
