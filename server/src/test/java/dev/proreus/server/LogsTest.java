package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, @Nullable Level> levels = new HashMap<>();
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.getLoggerList().forEach(each -> levels.put(each, each.getLevel()));
        seen.start();
        root.addAppender(seen);
    }

    @AfterEach
    void restore() {
        root.detachAppender(seen);
        context.getLoggerList().forEach(each -> each.setLevel(levels.get(each)));
    }

    @Test
    void nobodyLogsAfterTheLastLine() {
        Logger known = context.getLogger("dev.proreus.workspace.Known");
        known.setLevel(Level.INFO);
        Logs.endWith(LogsTest.class, "why");
        known.error("late");
        context.getLogger("dev.proreus.workspace.New").error("late");
        root.error("late");
        assertThat(seen.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("why");
    }
}
