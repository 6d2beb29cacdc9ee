package dev.proreus.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.core.ConsoleAppender;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * What the process writes to its log: one line an event to the standard error. Set up here and not in a file, which
 * would have to be found and parsed at each start.
 */
final class Logs {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n";

    /** Says with a stack trace at WARN that a client has gone, which is what clients do. */
    private static final String TELLS_OF_GONE_CLIENTS = "io.grpc.netty.NettyServerHandler";

    /** Tells of each message over the limit with a stack; the client is told in its answer. */
    private static final String TELLS_OF_LARGE_MESSAGES = "io.grpc.netty.NettyServerStream";

    /** Names what logs for SLF4J, which would else open every jar of the class path to look for it. */
    private static final String PROVIDER = "slf4j.provider";

    /** Says how much SLF4J tells of itself on the standard error; it would tell that it was given a provider. */
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private Logs() {}

    /** Sets up the log of this process; before anything in it asks for a logger. */
    static void configure() {
        System.setProperty(VERBOSITY, "WARN");
        System.setProperty(PROVIDER, LogbackServiceProvider.class.getName());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.proreus").setLevel(Level.INFO);
        context.getLogger(TELLS_OF_GONE_CLIENTS).setLevel(Level.ERROR);
        context.getLogger(TELLS_OF_LARGE_MESSAGES).setLevel(Level.ERROR);
        takeFromPlatform();
    }

    /** Writes an error as the last line of this process: whatever others have to say, it comes before or not at all. */
    static void endWith(Class<?> from, String why) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLoggerList().forEach(each -> each.setLevel(Level.OFF));
        Logger last = context.getLogger(from);
        last.setLevel(Level.ERROR);
        last.error(why);
    }

    /** Takes what gRPC logs through the platform's own logging. */
    private static void takeFromPlatform() {
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(java.util.logging.Level.WARNING);
        root.addHandler(new Bridge());
    }

    private static final class Bridge extends Handler {
        @Override
        public void publish(LogRecord record) {
            String name = record.getLoggerName() == null ? "" : record.getLoggerName();
            org.slf4j.Logger log = LoggerFactory.getLogger(name);
            if (record.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()) {
                log.error(record.getMessage(), record.getThrown());
            } else {
                log.warn(record.getMessage(), record.getThrown());
            }
        }

        @Override
        public void flush() {
            // The appender writes at once.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
