package dev.proreus.workspace.commit;

import java.util.List;

/**
 * What writes that happened together did, once they are durable.
 *
 * @param revision the workspace's revision that they made; where they changed nothing, the newest that they saw
 * @param list what each did, in their order
 */
public record Receipt(long revision, List<Written> list) {
    /** Key of a refusal's metadata that says which of several writes it is about, counted from 0. */
    public static final String INDEX = "write";

    public Receipt {
        list = List.copyOf(list);
    }
}
