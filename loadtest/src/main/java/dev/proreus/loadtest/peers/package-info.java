/**
 * The scenario peers: the same load on Proreus and on etcd, in turn. Starts every server and client as a process of its
 * own, each on its core. May import {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.peers;

import org.jspecify.annotations.NullMarked;
