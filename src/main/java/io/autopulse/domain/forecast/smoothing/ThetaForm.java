package io.autopulse.domain.forecast.smoothing;

/** The models of the Theta family (Fiorucci et al. 2016). */
public enum ThetaForm {
  /** Theta is 2, the line through the history is fitted once: the method that won the M3. */
  STANDARD(false, false),
  /** Theta is fitted, the line is fitted once. */
  OPTIMISED(false, true),
  /** Theta is 2, the line moves with each value. */
  DYNAMIC(true, false),
  /** Theta is fitted, the line moves with each value. */
  DYNAMIC_OPTIMISED(true, true);

  final boolean dynamic;
  final boolean optimised;

  ThetaForm(boolean dynamic, boolean optimised) {
    this.dynamic = dynamic;
    this.optimised = optimised;
  }
}
