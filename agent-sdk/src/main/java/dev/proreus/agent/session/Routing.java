package dev.proreus.agent.session;

import dev.proreus.agent.view.ViewEvent;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Route;
import dev.proreus.v1.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sorts the events of a delivery by the subscriptions that they are for. For the loop. */
final class Routing {
    private final Map<Integer, Subscription> byNumber;

    Routing(Map<Integer, Subscription> byNumber) {
        this.byNumber = byNumber;
    }

    /**
     * Sorts a delivery; each subscription gets its events in their order. Events for numbers that are no longer in use
     * are left out.
     *
     * @return empty where an event names no subscription, though the session has several
     */
    Optional<Map<Subscription, List<ViewEvent>>> sort(Delivery delivery) {
        Map<Integer, Route> routes = new HashMap<>();
        for (Route route : delivery.getRoutesList()) {
            routes.put(route.getEvent(), route);
        }
        Map<Subscription, List<ViewEvent>> sorted = new LinkedHashMap<>();
        for (int i = 0; i < delivery.getEventsCount(); i++) {
            List<Subscription> targets = targets(routes.get(i));
            if (targets.isEmpty() && !routes.containsKey(i)) {
                return Optional.empty();
            }
            for (Subscription target : targets) {
                decode(delivery.getEvents(i), target)
                        .ifPresent(event -> sorted.computeIfAbsent(target, t -> new ArrayList<>())
                                .add(event));
            }
        }
        return Optional.of(sorted);
    }

    private List<Subscription> targets(@Nullable Route route) {
        if (route == null) {
            List<Subscription> held =
                    byNumber.values().stream().filter(Subscription::isHeld).toList();
            return held.size() == 1 ? held : List.of();
        }
        return route.getSubscriptionsList().stream()
                .filter(byNumber::containsKey)
                .map(byNumber::get)
                .toList();
    }

    private static Optional<ViewEvent> decode(WatchEvent event, Subscription target) {
        return Codec.event(event, target.workspace(), target.handler().type());
    }
}
