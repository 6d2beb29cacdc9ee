package dev.proreus.server.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the admin port says at one moment: the numbers by name and labels, and what is told of each name. */
final class Scrape {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, Metric> metrics = new TreeMap<>();

    /**
     * What is told of a name.
     *
     * @param type the type in Prometheus' words
     * @param labels the names of its labels
     * @param help what it means
     */
    record Metric(String type, Set<String> labels, String help) {}

    private Scrape(String page) {
        Map<String, String> help = new LinkedHashMap<>();
        String name = "";
        for (String line : page.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches() && comment.group(1).equals("HELP")) {
                help.put(comment.group(2), comment.group(3));
            } else if (comment.matches()) {
                name = comment.group(2);
                metrics.put(name, new Metric(comment.group(3), new TreeSet<>(), help.getOrDefault(name, "")));
            } else if (sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                values.put(sample.group(1) + (labels.isEmpty() ? "" : "{" + labels + "}"), number(sample.group(3)));
                Metric metric = metrics.get(name);
                Matcher label = LABEL.matcher(labels);
                while (metric != null && label.find()) {
                    if (!label.group(1).equals("le")) {
                        metric.labels().add(label.group(1));
                    }
                }
            } else {
                throw new AssertionError("not in Prometheus' format: " + line);
            }
        }
    }

    /** Reads the metrics of a server. */
    static Scrape of(String address) {
        return new Scrape(get(address, "/metrics").body());
    }

    /** Reads a page of a server. */
    static HttpResponse<String> get(String address, String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a number by its name and labels as the page spells them. */
    double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new AssertionError("there is no " + key + " among " + values.keySet());
        }
        return value;
    }

    /** Returns what is told of each name. */
    Map<String, Metric> metrics() {
        return metrics;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
