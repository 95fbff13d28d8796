// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A web application while it starts, without a container: a class loader, attributes, and servlets that are added. */
final class StartingApplication {
    private final Map<String, String> pathsByName = new LinkedHashMap<>();
    private final ClassLoader loader;
    private final Object attribute;

    /**
     * An application.
     *
     * @param folder empty; becomes the application's classes
     * @param attribute what each look at the context's attributes finds
     * @param providers the names under which hub providers are to be found
     */
    StartingApplication(Path folder, Object attribute, String... providers) throws IOException {
        this.attribute = attribute;
        this.loader = new URLClassLoader(new URL[] {urlOf(folder)}, getClass().getClassLoader());
        if (providers.length > 0) {
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.write(services.resolve(HubProvider.class.getName()), List.of(providers));
        }
    }

    private static URL urlOf(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    /** The context that an initializer sees; everything that it has no need of is refused. */
    ServletContext context() {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "getClassLoader" -> loader;
            case "getAttribute" -> attribute;
            case "addServlet" ->
                pathsByName.putIfAbsent((String) arguments[0], "") == null ? registration((String) arguments[0]) : null;
            case "addListener" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        return fake(ServletContext.class, calls);
    }

    private ServletRegistration.Dynamic registration(String name) {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "addMapping" -> {
                pathsByName.put(name, String.join(" ", (String[]) arguments[0]));
                yield Set.of();
            }
            case "setAsyncSupported", "setLoadOnStartup" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        return fake(ServletRegistration.Dynamic.class, calls);
    }

    private static <T> T fake(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    /** The paths of the servlets that were added. */
    List<String> servedPaths() {
        return List.copyOf(pathsByName.values());
    }
}
