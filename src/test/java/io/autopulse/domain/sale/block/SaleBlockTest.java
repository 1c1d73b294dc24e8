package io.autopulse.domain.sale.block;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SaleBlockTest {
  @Test
  void dictionaryGivesDenseCodesInOrderOfFirstSight() {
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < 10_000; i++) {
      assertThat(dictionary.code(("entry " + i).getBytes(UTF_8)), is(i));
      assertThat(dictionary.size(), is(i + 1));
    }
    for (int i = 0; i < 10_000; i++) {
      byte[] padded = ("<<entry " + i + ">").getBytes(UTF_8);
      assertThat(dictionary.code(padded, 2, padded.length - 1), is(i));
      assertThat(new String(dictionary.entry(i), UTF_8), is("entry " + i));
    }
    assertThat(dictionary.code(new byte[0]), is(10_000));
    assertThat(dictionary.size(), is(10_001));
  }

  @Test
  void dictionaryTellsEntriesOfTheSameHashApart() {
    // "Aa" and "BB" have the same hash, and so have their concatenations.
    Dictionary dictionary = new Dictionary();
    assertThat(dictionary.code("AaAa".getBytes(UTF_8)), is(0));
    assertThat(dictionary.code("BBBB".getBytes(UTF_8)), is(1));
    assertThat(dictionary.code("AaBB".getBytes(UTF_8)), is(2));
    assertThat(dictionary.code("BBAa".getBytes(UTF_8)), is(3));
    assertThat(dictionary.code("BBBB".getBytes(UTF_8)), is(1));
    assertThat(dictionary.code("AaBB".getBytes(UTF_8)), is(2));
  }

  @Test
  void localCodesRenumberWhatEachBlockUses() {
    Dictionary dictionary = new Dictionary();
    for (int i = 0; i < 300; i++) {
      dictionary.code(("e" + i).getBytes(UTF_8));
    }
    LocalCodes codes = new LocalCodes();
    assertThat(codes.localCode(299), is(0));
    assertThat(codes.localCode(7), is(1));
    assertThat(codes.localCode(299), is(0));
    assertThat(codes.encodedLength(dictionary), is(4 + 2 + 4 + 2 + 2));
    byte[] bytes = new byte[20];
    assertThat(codes.encode(dictionary, bytes, 3), is(17));
    assertThat(LittleEndian.getInt(bytes, 3), is(2));
    assertThat(LittleEndian.getUnsignedShort(bytes, 7), is(4));
    assertThat(new String(bytes, 9, 4, UTF_8), is("e299"));
    assertThat(new String(bytes, 15, 2, UTF_8), is("e7"));
    codes.clear();
    assertThat(codes.encodedLength(dictionary), is(4));
    assertThat(codes.localCode(7), is(0));
    assertThat(codes.localCode(299), is(1));
    for (int i = 0; i < 300; i++) {
      codes.localCode(i);
    }
    assertThat(codes.localCode(0), is(2));
    assertThat(codes.localCode(298), is(299));
  }

  @Test
  void numbersAreLittleEndian() {
    byte[] bytes = new byte[16];
    LittleEndian.putLong(bytes, 1, 0x0102030405060708L);
    assertThat(bytes[1], is((byte) 8));
    assertThat(bytes[8], is((byte) 1));
    assertThat(LittleEndian.getLong(bytes, 1), is(0x0102030405060708L));
    LittleEndian.putInt(bytes, 9, -2);
    assertThat(LittleEndian.getInt(bytes, 9), is(-2));
    LittleEndian.putShort(bytes, 13, 0xfffe);
    assertThat(LittleEndian.getUnsignedShort(bytes, 13), is(0xfffe));
    assertThat(bytes[13], is((byte) 0xfe));
  }

  @Test
  void termsSplitIntoWhatWasJoined() {
    assertThat(
        Terms.split(Terms.join(List.of("a", "", "\u00e9\ud83d\ude97"))),
        is(List.of("a", "", "\u00e9\ud83d\ude97")));
    assertThat(Terms.split(new byte[0]), is(List.of("")));
    assertThat(new String(Terms.join(List.of("a", "b")), UTF_8), is("a\u001fb"));
  }

  @Test
  void blockSaysWhatWasWritten() {
    Version first =
        Version.of("S-1")
            .updated(1_715_680_800_000_001L, 7)
            .status(SaleStatus.RETURNED)
            .prices(19_999_99, 25_000_00)
            .provenance("online", "crm");
    Version second =
        Version.of("V\u00e9lo \ud83d\ude97")
            .soldOn(LocalDate.of(1985, 1, 2))
            .vehicle("", "", "", "", "")
            .outlet("", "");
    byte[] block = Version.block(first, second);
    assertThat(Version.read(block), is(List.of(first, second)));
    SaleBlock opened = SaleBlock.open(block);
    assertThat(opened.entries(SaleLayout.VEHICLE), is(2));
    assertThat(LittleEndian.getInt(block, 0), is(~(opened.versionsStart() - 4)));
    opened.advance();
    assertThat(opened.at(), is(opened.versionsStart()));
    assertThat(SaleLayout.length(block, opened.at()), is(79));
  }

  @Test
  void lookupOfBlocksEntriesInAnotherDictionary() {
    byte[] block =
        Version.block(Version.of("1").outlet("D1", "N"), Version.of("2").outlet("D2", ""));
    Dictionary target = new Dictionary();
    target.code(Terms.join(List.of("D2", "")));
    assertThat(SaleBlock.open(block).codesIn(SaleLayout.OUTLET, target), is(new int[] {1, 0}));
    assertThat(target.size(), is(2));
  }

  @Test
  void manyVersionsFillBlocksOfEachPartitionThatCanBeReadAlone() {
    long seed = 7;
    Random random = new Random(seed);
    int partitions = 3;
    List<List<Version>> written = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<List<Version>> read = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int[] blocks = new int[partitions];
    Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    SaleBlockWriter writer =
        new SaleBlockWriter(
            partitions,
            dictionaries,
            (partition, block) -> {
              blocks[partition]++;
              SaleBlock opened = SaleBlock.open(block);
              assertThat(
                  block.length - opened.versionsStart(),
                  is(lessThanOrEqualTo(SaleBlockWriter.BLOCK_BYTES)));
              read.get(partition).addAll(Version.read(block));
            });
    SaleDraft draft = new SaleDraft();
    for (int i = 0; i < 80_000; i++) {
      Version version =
          Version.of("S" + "x".repeat(random.nextInt(60)) + i)
              .vehicle("M" + random.nextInt(500), "MAKE", "MODEL " + i % 17, "", "")
              .outlet("D" + random.nextInt(90), "");
      int partition = i % 10 == 0 ? 0 : 2;
      written.get(partition).add(version);
      version.writeTo(draft, dictionaries);
      writer.add(partition, draft);
    }
    writer.flush();
    writer.flush();
    assertThat("seed " + seed, read, is(written));
    assertThat(blocks[0], is(greaterThan(0)));
    assertThat(blocks[1], is(0));
    assertThat(blocks[2], is(greaterThan(5)));
  }

  @Test
  void writtenVersionsCanBeCopiedWithTheirFates() {
    List<Version> versions =
        List.of(
            Version.of("1").fate(Fate.SUPERSEDED),
            Version.of("2").fate(Fate.CURRENT).vehicle("M2", "KIA", "EV3", "B", "BEV"));
    Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    for (int d = 0; d < dictionaries.length; d++) {
      dictionaries[d].code("another".getBytes(UTF_8));
    }
    List<byte[]> out = new ArrayList<>();
    SaleBlockWriter writer = new SaleBlockWriter(1, dictionaries, (p, block) -> out.add(block));
    byte[] bytes = Version.block(versions.get(0), versions.get(1));
    SaleBlock block = SaleBlock.open(bytes);
    int[][] codes = new int[SaleLayout.DICTIONARIES][];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = block.codesIn(d, dictionaries[d]);
    }
    while (block.advance()) {
      for (int d = 0; d < codes.length; d++) {
        SaleLayout.setCode(bytes, block.at(), d, codes[d][SaleLayout.code(bytes, block.at(), d)]);
      }
      writer.add(0, bytes, block.at());
    }
    writer.flush();
    assertThat(out, hasSize(1));
    assertThat(Version.read(out.get(0)), is(versions));
    assertThat(SaleBlock.open(out.get(0)).entries(SaleLayout.OUTLET), is(1));
  }

  @Test
  void rewrittenEntriesLeaveTheVersionsAsTheyAre() {
    byte[] block =
        Version.block(Version.of("1").outlet("D1", ""), Version.of("2").outlet("D2", "SOUTH"));
    UnaryOperator<byte[]> same = UnaryOperator.identity();
    byte[] changed =
        SaleBlock.open(block)
            .withEntries(
                List.of(same, entry -> Terms.join(List.of("LONGER THAN BEFORE", "X")), same));
    assertThat(
        Version.read(changed),
        is(
            List.of(
                Version.of("1").outlet("LONGER THAN BEFORE", "X"),
                Version.of("2").outlet("LONGER THAN BEFORE", "X"))));
    assertThat(LittleEndian.getInt(changed, 0), is(~(SaleBlock.open(changed).versionsStart() - 4)));
  }

  @Test
  void sameIdHasTheSameHashWhereverItStands() {
    SaleDraft one = new SaleDraft();
    SaleDraft two = new SaleDraft();
    one.setId("xxS-17".toCharArray(), 2, 6);
    two.setId("S-17".toCharArray(), 0, 4);
    assertThat(one.idHash(), is(two.idHash()));
    String longId = "\u00e9".repeat(64);
    one.setId(longId.toCharArray(), 0, 64);
    two.setId((longId + "tail").toCharArray(), 0, 64);
    assertThat(one.idHash(), is(two.idHash()));
    assertThat(one.length(), is(SaleLayout.HEADER + 128));
    one.setId("S-17".toCharArray(), 0, 4);
    assertThat(one.length(), is(SaleLayout.HEADER + 4));
  }

  @Test
  void serialNumbersSpreadOverShards() {
    int[] sales = new int[64];
    SaleDraft draft = new SaleDraft();
    for (int i = 0; i < 64_000; i++) {
      char[] id = "S-%08d".formatted(i).toCharArray();
      draft.setId(id, 0, id.length);
      sales[Integer.remainderUnsigned(draft.idHash(), 64)]++;
    }
    for (int count : sales) {
      assertThat(count, is(greaterThan(750)));
    }
  }

  @Test
  void stateOfAnEarlierReleaseIsRefusedAndNotMisread() {
    // A block that began with the length of its dictionaries, and a history with its number of
    // versions.
    byte[] block = Version.block(Version.of("1"));
    LittleEndian.putInt(block, 0, ~LittleEndian.getInt(block, 0));
    assertThat(
        assertThrows(IllegalStateException.class, () -> SaleBlock.open(block)).getMessage(),
        is("a block of sales in the layout of an earlier release: start the live job anew"));
    byte[] history = new byte[200];
    LittleEndian.putShort(history, 0, 1);
    assertThat(
        assertThrows(IllegalStateException.class, () -> SaleHistory.soldAt(history)).getMessage(),
        is("the state of a sale in the layout of an earlier release: start the live job anew"));
  }
}
