package dev.proreus.agent.view;

/**
 * Up to where a subscription has been delivered whole: what a new session resumes from.
 *
 * @param revision the newest revision seen whole
 * @param incarnation mark of the history line that it belongs to
 */
public record Position(long revision, String incarnation) {}
