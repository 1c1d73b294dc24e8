/**
 * How well forecasts did. Definitions: MASE, RMSSE: Hyndman and Koehler (2006), Another look at
 * measures of forecast accuracy; sMAPE, OWA, MSIS, naive 2: Makridakis, Spiliotis and
 * Assimakopoulos (2020), The M4 Competition; WAPE, which is the MAD/mean ratio: Kolassa and Schütz
 * (2007), Advantages of the MAD/mean ratio over the MAPE.
 */
@NullMarked
package io.autopulse.domain.forecast.accuracy;

import org.jspecify.annotations.NullMarked;
