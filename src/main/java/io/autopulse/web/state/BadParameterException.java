package io.autopulse.web.state;

/** A parameter of a URL that cannot be understood. */
public final class BadParameterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  /**
   * Makes the exception.
   *
   * @param parameter its name
   * @param problem what is wrong, without the value: it is somebody else's text
   */
  public BadParameterException(String parameter, String problem) {
    super(problem);
    this.parameter = parameter;
  }

  /** Returns the parameter's name. */
  public String parameter() {
    return parameter;
  }
}
