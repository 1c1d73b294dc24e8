package io.autopulse.domain.forecast.hierarchy;

/**
 * A number that is published: a member of a dimension.
 *
 * @param dimension {@code total}, the name of an attribute, or several joined by {@code " x "}
 * @param member {@code ALL}, a member, or several joined by {@code " x "}
 */
public record Node(String dimension, String member) {}
