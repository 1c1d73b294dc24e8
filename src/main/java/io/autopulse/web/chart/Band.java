package io.autopulse.web.chart;

/**
 * An area between two lines, such as an interval of a forecast.
 *
 * @param style its class in the style sheet
 * @param lower one value a step; NaN where there is none
 * @param upper one value a step; NaN where there is none
 */
public record Band(String style, Line lower, Line upper) {}
