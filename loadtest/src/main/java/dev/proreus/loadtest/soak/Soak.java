package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.client.Letters;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Telling;
import dev.proreus.loadtest.soak.Calls.RefusedCallException;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: clients of all kinds work, while the server is looked at and now and then stopped or killed and started
 * again; in the end everything is read back after one more kill.
 */
final class Soak {
    /** One tenant in so many stays where it is. */
    private static final int STAYS_ONE_IN = 4;

    private static final long ENDS_WITHIN_MILLIS = 120_000;

    private final SoakPlan plan;
    private final LaunchedServer server;
    private final Surroundings around;
    private final Telling telling;
    private final Uptime uptime = new Uptime();
    private final Ledger ledger;
    private final Looks looks;
    private final Places places;
    private final SplittableRandom random;
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private final long began;
    private long told;
    private volatile boolean over;

    Soak(SoakPlan plan, LaunchedServer server, Path folder, Surroundings around, Telling telling) {
        this.plan = plan;
        this.server = server;
        this.around = around;
        this.telling = telling;
        this.ledger = new Ledger(telling);
        this.looks = new Looks(server, folder, ProcessHandle.current().pid());
        this.places = new Places(plan.tenants());
        this.random = around.seeded().apply(plan.seed());
        this.began = now();
        this.told = began;
    }

    SoakResult run() throws IOException, InterruptedException {
        server.listen(this::heard);
        server.start();
        ManagedChannel channel = Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create())
                .build();
        try {
            Calls calls = new Calls(channel, uptime);
            Ballast ballast = set(calls, channel);
            start(calls);
            for (int life = 0; life < plan.lives(); life++) {
                ballast.fill(server.admin());
                look(life);
                if (life + 1 < plan.lives()) {
                    restart(life % 2 == 0, channel);
                }
            }
            end();
            restart(false, channel);
            tenants.forEach(Tenant::compare);
            return new SoakResult(plan, ledger, looks);
        } finally {
            // Whatever ended the run, the calls still under way are no faults.
            over = true;
            uptime.goesDown();
        }
    }

    /** What the server itself calls an error is one; a buffer that leaks is said by no more than such a line. */
    private void heard(String line) {
        if (line.contains(" ERROR ")) {
            ledger.fault("the server says: " + line);
        }
    }

    private Ballast set(Calls calls, ManagedChannel channel) throws IOException {
        try {
            calls.call(
                    WorkspaceServiceGrpc.getCreateWorkspaceMethod(),
                    CreateWorkspaceRequest.newBuilder()
                            .setWorkspace("root:soak")
                            .build());
            calls.call(ObjectServiceGrpc.getApplyMethod(), Holding.SHARED.in("root:soak"));
            Ballast.set(calls);
            return new Ballast(channel, around.nanoTime());
        } catch (RefusedCallException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void start(Calls calls) {
        Tenant.Common common = new Tenant.Common(
                new Letters(plan.specBytes()),
                calls,
                ledger,
                places,
                (workspace, chance) -> new Crew(server::target, workspace, ledger, chance),
                () -> over);
        for (int i = 0; i < plan.tenants(); i++) {
            Pace pace = new Pace(around.nanoTime(), (double) plan.perSecond() / plan.tenants());
            tenants.add(new Tenant(common, i, i % STAYS_ONE_IN == 0, pace, random.split()));
        }
        tenants.forEach(this::begin);
        for (int i = 0; i < plan.watchers(); i++) {
            begin(new Visitor(server::target, places, uptime, ledger, random.split(), () -> over));
        }
        begin(new Strangers(server::target, uptime, ledger, around.nanoTime(), () -> over));
    }

    private void begin(Runnable client) {
        Thread thread = around.threads().newThread(() -> {
            try {
                client.run();
            } catch (RuntimeException e) {
                ledger.fault("a client ended: " + e);
            }
        });
        clients.add(thread);
        thread.start();
    }

    /** Looks at the server until its life is over. */
    private void look(int life) throws IOException, InterruptedException {
        looks.newLife();
        for (int look = 1; look <= plan.looks(life); look++) {
            await(began + plan.looksAfter(life, look), life);
            looks.look(now() - began);
        }
    }

    private void await(long time, int life) {
        do {
            Pace.until(around.nanoTime(), Math.min(time, told + Telling.PAUSE.toNanos()));
            if (now() - told >= Telling.PAUSE.toNanos()) {
                told = now();
                tell(life);
            }
        } while (now() < time);
    }

    private void tell(int life) {
        telling.tell(
                "%d of %d s, life %d of %d: %,d writes, %,d workspaces made, %,d agents, %,d watches, %d faults",
                (now() - began) / 1_000_000_000,
                plan.length().toSeconds(),
                life + 1,
                plan.lives(),
                ledger.get(Ledger.Entry.WRITES),
                ledger.get(Ledger.Entry.WORKSPACES_MADE),
                ledger.get(Ledger.Entry.AGENTS),
                ledger.get(Ledger.Entry.WATCHES),
                ledger.get(Ledger.Entry.FAULTS));
    }

    private void restart(boolean cleanly, ManagedChannel channel) throws IOException {
        uptime.goesDown();
        if (cleanly) {
            server.stop();
        } else {
            server.kill();
        }
        server.start();
        uptime.isUp();
        channel.resetConnectBackoff();
    }

    private void end() throws InterruptedException {
        over = true;
        long until = now() + ENDS_WITHIN_MILLIS * 1_000_000;
        for (Thread client : clients) {
            client.join(Math.max(1, (until - now()) / 1_000_000));
            if (client.isAlive()) {
                ledger.fault("a client does not end");
            }
        }
    }

    private long now() {
        return around.nanoTime().getAsLong();
    }
}
