package dev.proreus.agent.reconcile;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.ReconcileContext;
import dev.proreus.agent.Reconciler;
import dev.proreus.agent.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One call of an author's code for one object. Made on the loop, run on a worker; only the mark that its object is out
 * of date crosses between them.
 */
final class ReconcileCall implements ReconcileContext {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileCall.class);

    /** Longest text of an exception in a condition, in characters. */
    private static final int MESSAGE_CHARS = 1024;

    private static final String THROWN = "ReconcileFailed";

    private final Reconciler reconciler;
    private final AgentObject object;
    private final int failures;
    private final long epoch;
    private final boolean reported;
    private volatile boolean outdated;

    ReconcileCall(Reconciler reconciler, AgentObject object, int failures, long epoch, boolean reported) {
        this.reconciler = reconciler;
        this.object = object;
        this.failures = failures;
        this.epoch = epoch;
        this.reported = reported;
    }

    AgentObject object() {
        return object;
    }

    void outdate() {
        outdated = true;
    }

    @Override
    public int failures() {
        return failures;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean reported() {
        return reported;
    }

    @Override
    public boolean outdated() {
        return outdated;
    }

    /** Calls the author's code. Whatever it throws becomes a failed result. */
    Result run() {
        MDC.put("workspace", object.workspace());
        MDC.put("object", object.type() + "/" + object.name());
        MDC.put("generation", Long.toString(object.generation()));
        try {
            Result result = reconciler.reconcile(object, this);
            if (result == null) {
                return Result.failed(THROWN).message("the reconciler returned null");
            }
            return result;
        } catch (InterruptedException e) {
            return Result.failed(THROWN).message("interrupted");
        } catch (Throwable e) {
            if (failures == 0) {
                LOG.warn("The reconciler of {} threw", object, e);
            }
            return Result.failed(THROWN).message(text(e));
        } finally {
            MDC.remove("workspace");
            MDC.remove("object");
            MDC.remove("generation");
        }
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        String text = message == null || message.isBlank() ? thrown.getClass().getName() : message;
        return text.length() <= MESSAGE_CHARS ? text : text.substring(0, MESSAGE_CHARS - 3) + "...";
    }
}
