package dev.proreus.workspace.watch;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Scope;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes what answers some methods in another way than what stands behind it. */
final class Views {
    private Views() {}

    /** @param otherwise the other answers, by the names of methods, out of their arguments */
    static <T> T of(Class<T> kind, T behind, Map<String, Function<Object[], @Nullable Object>> otherwise) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, args) -> {
            Function<Object[], @Nullable Object> answer = otherwise.get(method.getName());
            return answer == null ? method.invoke(behind, args) : answer.apply(args);
        }));
    }

    /** Returns a change with other answers. */
    static ChangeView change(ChangeView behind, Map<String, Function<Object[], @Nullable Object>> otherwise) {
        return of(ChangeView.class, behind, otherwise);
    }

    /** Returns how a history answers {@link History#log} where each change of the log is seen in another way. */
    static Function<Object[], @Nullable Object> log(History behind, UnaryOperator<ChangeView> seen) {
        return args -> {
            History.Log log = behind.log((Scope) args[0], (long) args[1], (long) args[2], (int) args[3]);
            return new History.Log(log.changes().stream().map(seen).toList(), log.reached());
        };
    }
}
