package io.autopulse.domain.sale.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A sale version as a value, for tests: what a block says of it. Units as in {@link SaleLayout}.
 */
public record Version(
    String id,
    long updatedAt,
    long sequence,
    SaleStatus status,
    LocalDate soldOn,
    long microOfDay,
    long net,
    long list,
    List<String> vehicle,
    List<String> outlet,
    List<String> provenance,
    Fate fate)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MICROS = 86_400_000_000L;

  /** Returns a sold version of 2024-05-14 for 20,000.00. */
  public static Version of(String id) {
    return new Version(
        id,
        1,
        0,
        SaleStatus.SOLD,
        LocalDate.of(2024, 5, 14),
        0,
        20_000_00,
        SaleLayout.NO_PRICE,
        List.of("M1", "RENAULT", "CLIO", "B", "ICE"),
        List.of("D1", "NORTH"),
        List.of("", ""),
        Fate.UNRESOLVED);
  }

  public Version updated(long micros, long number) {
    return new Version(
        id,
        micros,
        number,
        status,
        soldOn,
        microOfDay,
        net,
        list,
        vehicle,
        outlet,
        provenance,
        fate);
  }

  public Version status(SaleStatus value) {
    return new Version(
        id,
        updatedAt,
        sequence,
        value,
        soldOn,
        microOfDay,
        net,
        list,
        vehicle,
        outlet,
        provenance,
        fate);
  }

  public Version soldOn(LocalDate value) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        value,
        microOfDay,
        net,
        list,
        vehicle,
        outlet,
        provenance,
        fate);
  }

  /** Returns the version sold at a time of its business date, in UTC. */
  public Version soldAtHour(int hour) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        hour * DAY_MICROS / 24,
        net,
        list,
        vehicle,
        outlet,
        provenance,
        fate);
  }

  public Version prices(long netCents, long listCents) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        microOfDay,
        netCents,
        listCents,
        vehicle,
        outlet,
        provenance,
        fate);
  }

  public Version vehicle(String modelId, String make, String model, String segment, String power) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        microOfDay,
        net,
        list,
        List.of(modelId, make, model, segment, power),
        outlet,
        provenance,
        fate);
  }

  public Version outlet(String dealer, String region) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        microOfDay,
        net,
        list,
        vehicle,
        List.of(dealer, region),
        provenance,
        fate);
  }

  public Version provenance(String channel, String source) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        microOfDay,
        net,
        list,
        vehicle,
        outlet,
        List.of(channel, source),
        fate);
  }

  public Version fate(Fate value) {
    return new Version(
        id,
        updatedAt,
        sequence,
        status,
        soldOn,
        microOfDay,
        net,
        list,
        vehicle,
        outlet,
        provenance,
        value);
  }

  /** Puts this version into a draft whose codes are those of the dictionaries. */
  public void writeTo(SaleDraft draft, Dictionary[] dictionaries) {
    char[] text = ("<" + id + ">").toCharArray();
    draft.setId(text, 1, text.length - 1);
    draft.updatedAt = updatedAt;
    draft.sequence = sequence;
    draft.soldAt = soldOn.toEpochDay() * DAY_MICROS + microOfDay;
    draft.soldOn = (int) soldOn.toEpochDay();
    draft.listPrice = list;
    draft.netPrice = net;
    draft.status = status;
    draft.codes[SaleLayout.VEHICLE] = dictionaries[SaleLayout.VEHICLE].code(Terms.join(vehicle));
    draft.codes[SaleLayout.OUTLET] = dictionaries[SaleLayout.OUTLET].code(Terms.join(outlet));
    draft.codes[SaleLayout.PROVENANCE] =
        dictionaries[SaleLayout.PROVENANCE].code(Terms.join(provenance));
  }

  /** Returns blocks that hold the versions in their order, with their fates. */
  public static List<byte[]> blocks(Collection<Version> versions) {
    List<byte[]> blocks = new ArrayList<>();
    Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    SaleBlockWriter writer =
        new SaleBlockWriter(1, dictionaries, (partition, block) -> blocks.add(block));
    SaleDraft draft = new SaleDraft();
    for (Version version : versions) {
      version.writeTo(draft, dictionaries);
      writer.add(0, draft);
    }
    writer.flush();
    var fates = versions.iterator();
    for (byte[] bytes : blocks) {
      SaleBlock block = SaleBlock.open(bytes);
      while (block.advance()) {
        SaleLayout.setFate(bytes, block.at(), fates.next().fate);
      }
    }
    return blocks;
  }

  /** Returns the only block of few versions. */
  public static byte[] block(Version... versions) {
    List<byte[]> blocks = blocks(List.of(versions));
    if (blocks.size() != 1) {
      throw new IllegalArgumentException(blocks.size() + " blocks");
    }
    return blocks.get(0);
  }

  /** Returns the versions of a block. */
  public static List<Version> read(byte[] bytes) {
    SaleBlock block = SaleBlock.open(bytes);
    List<Version> versions = new ArrayList<>();
    while (block.advance()) {
      int at = block.at();
      versions.add(
          read(
              block.bytes(),
              at,
              terms(block, at, SaleLayout.VEHICLE),
              terms(block, at, SaleLayout.OUTLET),
              terms(block, at, SaleLayout.PROVENANCE)));
    }
    return versions;
  }

  /** Returns the version that stands at a position, its codes being those of the dictionaries. */
  public static Version read(byte[] bytes, int at, Dictionary[] dictionaries) {
    return read(
        bytes,
        at,
        terms(bytes, at, SaleLayout.VEHICLE, dictionaries),
        terms(bytes, at, SaleLayout.OUTLET, dictionaries),
        terms(bytes, at, SaleLayout.PROVENANCE, dictionaries));
  }

  private static Version read(
      byte[] bytes, int at, List<String> vehicle, List<String> outlet, List<String> provenance) {
    return new Version(
        new String(bytes, at + SaleLayout.HEADER, SaleLayout.idLength(bytes, at), UTF_8),
        SaleLayout.updatedAt(bytes, at),
        SaleLayout.sequence(bytes, at),
        SaleStatus.values()[SaleLayout.status(bytes, at)],
        LocalDate.ofEpochDay(SaleLayout.soldOn(bytes, at)),
        SaleLayout.soldAt(bytes, at) - SaleLayout.soldOn(bytes, at) * DAY_MICROS,
        SaleLayout.netPrice(bytes, at),
        SaleLayout.listPrice(bytes, at),
        vehicle,
        outlet,
        provenance,
        Fate.values()[SaleLayout.fate(bytes, at)]);
  }

  private static List<String> terms(SaleBlock block, int at, int dictionary) {
    return Terms.split(block.entry(dictionary, SaleLayout.code(block.bytes(), at, dictionary)));
  }

  private static List<String> terms(
      byte[] bytes, int at, int dictionary, Dictionary[] dictionaries) {
    return Terms.split(dictionaries[dictionary].entry(SaleLayout.code(bytes, at, dictionary)));
  }
}
