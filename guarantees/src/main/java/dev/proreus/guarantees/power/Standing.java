package dev.proreus.guarantees.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands in a folder and below it.
 *
 * @param entries the inode of each name, relative to the folder
 * @param lengths the length of each file, by inode
 * @param places where each file is, by inode
 */
record Standing(SortedMap<String, Long> entries, Map<Long, Long> lengths, Map<Long, Path> places) {
    /** Reads a folder that nobody changes; one that is not there is empty. */
    static Standing in(Path folder) throws IOException {
        Standing standing = new Standing(new TreeMap<>(), new HashMap<>(), new HashMap<>());
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.filter(path -> !path.equals(folder)).toList()) {
                    standing.add(folder.relativize(each).toString(), each);
                }
            }
        }
        return standing;
    }

    private void add(String name, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            entries.put(name, Entries.FOLDER);
        } else {
            long inode = (Long) Files.getAttribute(path, "unix:ino");
            entries.put(name, inode);
            lengths.put(inode, Files.size(path));
            places.put(inode, path);
        }
    }
}
