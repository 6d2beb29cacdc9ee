package dev.proreus.house.sample;

import dev.proreus.house.sample.core.Chance;

/** In the root, and yet it knows a feature. */
public record Noun(Chance chance) {}
