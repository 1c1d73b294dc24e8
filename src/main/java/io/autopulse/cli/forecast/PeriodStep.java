package io.autopulse.cli.forecast;

import io.autopulse.domain.calendar.Step;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --period}: what a period is called on the command line. */
public final class PeriodStep implements ITypeConverter<Step> {
  @Override
  public Step convert(String text) {
    return Arrays.stream(Step.values())
        .filter(step -> CsvPanel.name(step).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be one of "
                        + Arrays.stream(Step.values())
                            .map(CsvPanel::name)
                            .collect(Collectors.joining(", "))
                        + ", not '"
                        + text
                        + "'"));
  }
}
