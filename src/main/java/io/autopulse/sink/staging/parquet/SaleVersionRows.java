package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;

/**
 * Sale versions ({@link SaleBlock}) as rows of the core table {@code sale_versions}, without the
 * currency and the run and with the version's fate.
 */
public final class SaleVersionRows implements ParquetRows {
  private final TextColumn saleId = TextColumn.required("sale_id");
  private final NumberColumn updatedAt = NumberColumn.required("updated_at", ColumnType.TIMESTAMP);
  private final NumberColumn sequence = NumberColumn.required("sequence", ColumnType.BIGINT);
  private final TermColumn status = TermColumn.required("status");
  private final NumberColumn soldAt = NumberColumn.required("sold_at", ColumnType.TIMESTAMP);
  private final NumberColumn soldOn = NumberColumn.required("sold_on", ColumnType.DATE);
  private final NumberColumn listPrice = NumberColumn.nullable("list_price", ColumnType.AMOUNT);
  private final NumberColumn netPrice = NumberColumn.required("net_price", ColumnType.AMOUNT);
  private final TermColumn fate = TermColumn.required("fate");

  private final TermColumn[][] terms = {
    columns("model_id", "make", "model", "segment", "powertrain"),
    columns("dealer_id", "region"),
    columns("channel", "source")
  };

  private final ParquetFile file;
  private Dictionary[] entries = SaleBlockWriter.newDictionaries();
  // By dictionary and entry, the codes of the entry's parts in their columns.
  private int[][][] codes = new int[SaleLayout.DICTIONARIES][0][];
  private int[] statusCodes;
  private int[] fateCodes;

  /** Starts a file; closing it closes the channel. */
  public SaleVersionRows(WritableByteChannel out) throws IOException {
    file =
        new ParquetFile(
            out,
            List.of(
                saleId,
                updatedAt,
                sequence,
                status,
                soldAt,
                soldOn,
                terms[0][0],
                terms[0][1],
                terms[0][2],
                terms[0][3],
                terms[0][4],
                terms[1][0],
                terms[1][1],
                listPrice,
                netPrice,
                terms[2][0],
                terms[2][1],
                fate));
    statusCodes = codesOf(status, SaleStatus.values());
    fateCodes = codesOf(fate, Fate.values());
  }

  private static TermColumn[] columns(String... names) {
    return Arrays.stream(names).map(TermColumn::nullable).toArray(TermColumn[]::new);
  }

  private static int[] codesOf(TermColumn column, Enum<?>[] values) {
    return Arrays.stream(values).mapToInt(v -> column.code(v.name().getBytes(UTF_8))).toArray();
  }

  @Override
  public void add(byte[] blockBytes) throws IOException {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[][] entryCodes = entryCodes(block);
    while (block.advance()) {
      int at = block.at();
      saleId.add(blockBytes, at + SaleLayout.HEADER, SaleLayout.idLength(blockBytes, at));
      updatedAt.add(SaleLayout.updatedAt(blockBytes, at));
      sequence.add(SaleLayout.sequence(blockBytes, at));
      status.add(statusCodes[SaleLayout.status(blockBytes, at)]);
      soldAt.add(SaleLayout.soldAt(blockBytes, at));
      soldOn.add(SaleLayout.soldOn(blockBytes, at));
      listPrice.add(SaleLayout.listPrice(blockBytes, at), SaleLayout.NO_PRICE);
      netPrice.add(SaleLayout.netPrice(blockBytes, at));
      fate.add(fateCodes[SaleLayout.fate(blockBytes, at)]);
      for (int d = 0; d < terms.length; d++) {
        int[] parts = codes[d][entryCodes[d][SaleLayout.code(blockBytes, at, d)]];
        for (int part = 0; part < parts.length; part++) {
          terms[d][part].add(parts[part]);
        }
      }
      if (file.endRow()) {
        entries = SaleBlockWriter.newDictionaries();
        codes = new int[SaleLayout.DICTIONARIES][0][];
        statusCodes = codesOf(status, SaleStatus.values());
        fateCodes = codesOf(fate, Fate.values());
        entryCodes = entryCodes(block);
      }
    }
  }

  private int[][] entryCodes(SaleBlock block) {
    int[][] result = new int[SaleLayout.DICTIONARIES][];
    for (int d = 0; d < result.length; d++) {
      result[d] = block.codesIn(d, entries[d]);
      int known = codes[d].length;
      codes[d] = Arrays.copyOf(codes[d], entries[d].size());
      for (int entry = known; entry < codes[d].length; entry++) {
        codes[d][entry] = partCodes(terms[d], entries[d].entry(entry));
      }
    }
    return result;
  }

  private static int[] partCodes(TermColumn[] columns, byte[] entry) {
    List<String> parts = Terms.split(entry);
    int[] result = new int[columns.length];
    for (int part = 0; part < result.length; part++) {
      String text = parts.get(part);
      result[part] = text.isEmpty() ? TermColumn.NULL : columns[part].code(text.getBytes(UTF_8));
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
