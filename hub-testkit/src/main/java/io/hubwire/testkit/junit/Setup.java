// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** The wiring that a test's {@link HubSetup} says. Immutable. */
final class Setup implements UnaryOperator<HubBuilder> {
    private static final String FORMS = "@HubSetup stands on a field with a HubModule, or on a method that takes a"
            + " HubBuilder and returns that or nothing";

    private final Member member;
    private final @Nullable Object instance;

    private Setup(Member member, @Nullable Object instance) {
        this.member = member;
        this.instance = instance;
    }

    /**
     * The setup of a test.
     *
     * @throws ExtensionConfigurationException if it is missing, doubled, or of a wrong form
     */
    static Setup of(ExtensionContext context) {
        List<Class<?>> classes = Enclosing.classesOf(context);
        Member member = classes.stream()
                .flatMap(Setup::withSuperclasses)
                .flatMap(type -> declaredIn(type).stream())
                .findFirst()
                .orElseThrow(
                        () -> new ExtensionConfigurationException(classes.get(0).getName() + " has no @HubSetup, nor"
                                + " has a class around or above it: say how its hub is wired. " + FORMS));
        return new Setup(checked(member), instanceFor(member, context));
    }

    @Override
    public HubBuilder apply(HubBuilder hub) {
        return member instanceof Field field ? hub.install(module(field)) : wired((Method) member, hub);
    }

    private HubModule module(Field field) {
        try {
            Object value =
                    ReflectionSupport.tryToReadFieldValue(field, instance).get();
            return (HubModule) Objects.requireNonNull(value, () -> "the @HubSetup " + describe(field) + " is null");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ExtensionConfigurationException("the @HubSetup " + describe(field) + " cannot be read", e);
        }
    }

    private HubBuilder wired(Method method, HubBuilder hub) {
        Object result = ReflectionSupport.invokeMethod(method, instance, hub);
        if (method.getReturnType() == void.class) {
            return hub;
        }
        return (HubBuilder)
                Objects.requireNonNull(result, () -> "the @HubSetup " + describe(method) + " returned null");
    }

    private static Optional<Member> declaredIn(Class<?> type) {
        List<Member> found = Stream.<Member>concat(
                        Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
                .filter(Setup::isSetup)
                .toList();
        if (found.size() > 1) {
            throw new ExtensionConfigurationException(type.getName() + " has " + found.size() + " @HubSetup, and one is"
                    + " enough: " + found.stream().map(Member::getName).sorted().collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    private static boolean isSetup(Member member) {
        return !member.isSynthetic() && ((AnnotatedElement) member).isAnnotationPresent(HubSetup.class);
    }

    private static Member checked(Member member) {
        boolean isGood = member instanceof Field field
                ? HubModule.class.isAssignableFrom(field.getType())
                : isWiring((Method) member);
        if (!isGood) {
            throw new ExtensionConfigurationException(FORMS + ", not on " + describe(member));
        }
        return member;
    }

    private static boolean isWiring(Method method) {
        Class<?> result = method.getReturnType();
        return List.of(method.getParameterTypes()).equals(List.of(HubBuilder.class))
                && (result == void.class || result == HubBuilder.class);
    }

    private static @Nullable Object instanceFor(Member member, ExtensionContext context) {
        return Modifier.isStatic(member.getModifiers())
                ? null
                : context.getRequiredTestInstances()
                        .findInstance(member.getDeclaringClass())
                        .orElseThrow();
    }

    private static Stream<Class<?>> withSuperclasses(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass);
    }

    private static String describe(Member member) {
        String kind = member instanceof Method ? "method " : "field ";
        return kind + member.getDeclaringClass().getName() + "." + member.getName();
    }
}
