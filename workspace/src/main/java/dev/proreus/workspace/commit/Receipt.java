package dev.proreus.workspace.commit;

import java.util.List;

/**
 * What writes that happened together did, once they are durable; for a dry run what they would do.
 *
 * @param revision the workspace's revision that they made; where they changed nothing, the newest that they saw
 * @param list what each did, in their order
 * @param repeated whether they happened before, at the first request of that id: their objects are named only, by name,
 *     uid and resource version, since only history has them
 */
public record Receipt(long revision, List<Written> list, boolean repeated) {
    /**
     * Key of a refusal's metadata that says which of several writes it is about, the first of them where it is about
     * more, counted from 0.
     */
    public static final String INDEX = "write";

    public Receipt {
        list = List.copyOf(list);
    }
}
