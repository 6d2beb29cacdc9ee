package dev.proreus.workspace.engine;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the objects, in order of name, all at one revision
 * @param revision that revision, the same on all pages of a list
 * @param nextPageToken asks for the next page; empty on the last one
 */
public record ObjectPage(List<ObjectRead> items, long revision, String nextPageToken) {
    public ObjectPage {
        items = List.copyOf(items);
    }
}
