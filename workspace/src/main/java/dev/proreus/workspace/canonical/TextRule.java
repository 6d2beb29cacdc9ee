package dev.proreus.workspace.canonical;

/** A rule that a text from outside keeps. */
interface TextRule {
    /** Returns how the text breaks the rule; empty where it keeps it. */
    String violationOf(String text);
}
