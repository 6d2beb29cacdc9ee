/**
 * The scenario crash: a server that is killed again and again under load, and the verdict of every validator on what
 * its clients were told. May import {@code process} and {@code report}.
 */
@NullMarked
package dev.proreus.loadtest.crash;

import org.jspecify.annotations.NullMarked;
