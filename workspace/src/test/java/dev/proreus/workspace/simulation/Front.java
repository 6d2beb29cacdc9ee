package dev.proreus.workspace.simulation;

import dev.proreus.workspace.engine.Engine;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stands in front of an engine and does some of what it does in another way. */
final class Front {
    private Front() {}

    /** Says what becomes of a call: {@code right} does what the engine does. */
    @FunctionalInterface
    interface Rule {
        /** Returns what the call returns. */
        Object call(String method, Object[] arguments, Call right) throws Throwable;
    }

    /** What the engine would do. */
    @FunctionalInterface
    interface Call {
        /** Does it, with these arguments. */
        Object with(Object... arguments) throws Throwable;
    }

    static Engine of(Engine engine, Rule rule) {
        InvocationHandler handler = (proxy, method, arguments) -> rule.call(method.getName(), arguments, given -> {
            try {
                return method.invoke(engine, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return (Engine) Proxy.newProxyInstance(Front.class.getClassLoader(), new Class<?>[] {Engine.class}, handler);
    }
}
