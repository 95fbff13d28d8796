// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the protocol's page are those of the code: nothing is missing, nothing is invented. */
class ProtocolPageTest {
    private static final Set<Class<?>> VALUES =
            Set.of(int.class, long.class, boolean.class, Duration.class, Overflow.class);
    private static final Pattern OWN_EVENT = Pattern.compile("\"(hub/[a-z-]+)\"");

    @Test
    void the_error_codes_are_those_of_the_code() {
        Map<String, String> declared = constants(ErrorCode.class)
                .collect(Collectors.toMap(code -> Integer.toString(code.number()), ErrorCode::text));

        assertThat(table("error codes", 0, 1)).containsExactlyInAnyOrderEntriesOf(declared);
    }

    @Test
    void the_close_codes_are_those_of_the_code() {
        Map<String, String> declared = constants(CloseReason.class)
                .collect(Collectors.toMap(reason -> Integer.toString(reason.code()), CloseReason::text));

        assertThat(table("close codes", 0, 1)).containsExactlyInAnyOrderEntriesOf(declared);
    }

    @Test
    void the_verdicts_on_close_codes_are_those_of_the_code() {
        Map<String, String> declared = constants(CloseReason.class)
                .collect(Collectors.toMap(
                        reason -> Integer.toString(reason.code()), reason -> verdict(reason.advice())));

        assertThat(table("close codes", 0, 3)).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static String verdict(CloseReason.Advice advice) {
        return switch (advice) {
            case STOP -> "stop";
            case BACK_OFF -> "back off";
            case RETURN_NOW -> "now";
            case AUTHENTICATE_AGAIN -> "credentials";
        };
    }

    @Test
    void the_limits_are_all_settings_with_their_defaults() {
        Map<String, String> declared = new TreeMap<>();
        Stream.of(
                        InboundLimits.defaults(),
                        OutboxPolicy.defaults(),
                        ResumePolicy.defaults(),
                        ConnectionLimits.defaults(),
                        HeartbeatPolicy.serverPing())
                .forEach(policy -> declared.putAll(settings(policy)));

        assertThat(table("limits", 0, 1)).containsExactlyInAnyOrderEntriesOf(declared);
    }

    @Test
    void the_events_of_the_protocols_own_are_those_that_the_code_names() {
        Set<String> named = new TreeSet<>();
        Repository.filesUnder(Repository.path("hub-core/src/main/java"), ".java").stream()
                .map(Repository::read)
                .flatMap(source -> OWN_EVENT.matcher(source).results())
                .forEach(event -> named.add(event.group(1)));

        assertThat(table("own events", 0, 1).keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    private static <T> Stream<T> constants(Class<T> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.getType() == type)
                .map(field -> {
                    try {
                        return type.cast(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** What a policy says of itself. */
    private static Map<String, String> settings(Object policy) {
        return Arrays.stream(policy.getClass().getMethods())
                .filter(ProtocolPageTest::isSetting)
                .collect(Collectors.toMap(
                        method -> policy.getClass().getSimpleName() + "." + method.getName(),
                        method -> shown(valueOf(method, policy))));
    }

    private static boolean isSetting(Method method) {
        boolean isValue = VALUES.contains(method.getReturnType())
                || method.getGenericReturnType().getTypeName().equals("java.util.Optional<java.time.Duration>");
        return isValue
                && method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class
                && !method.getName().equals("hashCode");
    }

    private static Object valueOf(Method method, Object policy) {
        try {
            return method.invoke(policy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Object value) {
        if (value instanceof Duration duration) {
            return shown(duration);
        } else if (value instanceof Number number) {
            return String.format(Locale.ROOT, "%,d", number.longValue());
        }
        return value.equals(Optional.empty()) ? "–" : value.toString();
    }

    private static String shown(Duration duration) {
        if (duration.toMillis() % 1_000 != 0) {
            return duration.toMillis() + " ms";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** Two columns of the table behind a comment that names it; marks of code are no part of a cell. */
    private static Map<String, String> table(String name, int key, int value) {
        String marker = "<!-- table: " + name + " -->\n";
        String page = Repository.read(Repository.path("docs/protocol.md"));
        assertThat(page).contains(marker);
        List<String> lines =
                page.substring(page.indexOf(marker) + marker.length()).lines().toList();
        return lines.stream()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.replace("`", "").split("\\|", -1))
                .collect(Collectors.toMap(cells -> cells[key + 1].strip(), cells -> cells[value + 1].strip()));
    }
}
