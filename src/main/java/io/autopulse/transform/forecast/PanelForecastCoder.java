package io.autopulse.transform.forecast;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.ledger.PanelForecast;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes the forecasts of a dimension: names and the bits of their numbers. */
public final class PanelForecastCoder extends AtomicCoder<PanelForecast> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(PanelForecast value, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeUTF(value.dimension());
    out.writeInt(value.panel().size());
    for (Series series : value.panel()) {
      out.writeUTF(series.key());
      out.writeInt(series.step().ordinal());
      out.writeLong(series.start().toEpochDay());
      out.writeInt(series.season());
      write(out, series.values());
    }
    for (MemberForecast forecast : value.forecasts()) {
      out.writeUTF(forecast.key());
      out.writeUTF(forecast.method());
      out.writeUTF(forecast.reason());
      write(out, forecast.mean());
      write(out, forecast.lower80());
      write(out, forecast.upper80());
      write(out, forecast.lower95());
      write(out, forecast.upper95());
      write(out, forecast.naive());
      write(out, forecast.seasonalNaive());
      write(out, forecast.calendar());
    }
    out.writeInt(value.past().length);
    for (double[][] window : value.past()) {
      for (double[] means : window) {
        write(out, means);
      }
    }
    out.flush();
  }

  @Override
  public PanelForecast decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    String dimension = in.readUTF();
    int size = in.readInt();
    List<Series> panel = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      panel.add(
          new Series(
              in.readUTF(),
              Step.values()[in.readInt()],
              LocalDate.ofEpochDay(in.readLong()),
              in.readInt(),
              read(in)));
    }
    List<MemberForecast> forecasts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      forecasts.add(
          new MemberForecast(
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              read(in),
              read(in),
              read(in),
              read(in),
              read(in),
              read(in),
              read(in),
              read(in)));
    }
    double[][][] past = new double[in.readInt()][size][];
    for (double[][] window : past) {
      for (int i = 0; i < size; i++) {
        window[i] = read(in);
      }
    }
    return new PanelForecast(dimension, panel, forecasts, past);
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] read(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
