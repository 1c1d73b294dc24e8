package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.FieldBinding;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of some fields of a record, such as those of its vehicle, as one code of a {@link
 * Dictionary}. The rules and the normalisation run once for each distinct raw spelling; after that
 * a record costs one look-up of its characters.
 */
final class TermCache {
  private static final int MOST_SPELLINGS = 1 << 16;

  private final Dictionary dictionary;
  private final int[] fields;
  private final boolean names;

  private char[] key = new char[256];
  private int keyLength;
  private char[][] spellings = new char[64][];
  private int[] hashes = new int[64];
  private int[] outcomes = new int[64];
  private int[] slots = new int[256];
  private int size;
  // Few names in many combinations: 300 dealers and 80 spellings of regions make 18,000 terms.
  private final Map<String, String> memberNames = new HashMap<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private @Nullable Rejection rejection;

  /**
   * Makes a cache.
   *
   * @param dictionary where accepted terms get their codes
   * @param names whether the texts are names of members (normalised by {@link MemberName}) or free
   *     texts
   * @param fields the feed's fields that make the term, in order
   */
  TermCache(Dictionary dictionary, boolean names, int... fields) {
    this.dictionary = dictionary;
    this.names = names;
    this.fields = fields;
  }

  /**
   * Returns the code of the record's term, or -1 if a rule is broken: {@link #rejection} says
   * which.
   */
  int code(FieldBinding binding, RawFields record) {
    gather(binding, record);
    int hash = hash();
    int mask = slots.length - 1;
    int slot = hash & mask;
    int spelling;
    while ((spelling = slots[slot] - 1) >= 0) {
      if (hashes[spelling] == hash
          && Arrays.equals(spellings[spelling], 0, spellings[spelling].length, key, 0, keyLength)) {
        return outcome(outcomes[spelling]);
      }
      slot = (slot + 1) & mask;
    }
    if (size == MOST_SPELLINGS) {
      forget();
    }
    int outcome = judge(binding, record);
    remember(hash, outcome);
    return outcome(outcome);
  }

  /** Returns why the last term was rejected. */
  Rejection rejection() {
    Rejection last = rejection;
    if (last == null) {
      throw new IllegalStateException("the last term was accepted");
    }
    return last;
  }

  private int outcome(int outcome) {
    rejection = outcome < 0 ? rejections.get(-1 - outcome) : null;
    return Math.max(outcome, -1);
  }

  private void gather(FieldBinding binding, RawFields record) {
    keyLength = 0;
    for (int field : fields) {
      if (binding.select(record, field)) {
        int length = binding.to() - binding.from();
        if (keyLength + length + 1 > key.length) {
          key = Arrays.copyOf(key, (keyLength + length) * 2 + 1);
        }
        System.arraycopy(binding.text(), binding.from(), key, keyLength, length);
        keyLength += length;
      }
      if (keyLength == key.length) {
        key = Arrays.copyOf(key, keyLength * 2);
      }
      key[keyLength++] = Terms.SEPARATOR;
    }
  }

  private int hash() {
    int hash = 1;
    for (int i = 0; i < keyLength; i++) {
      hash = hash * 31 + key[i];
    }
    // Numbered names differ in their last characters only: spread them, or they fill runs of slots.
    hash *= 0x9e3779b9;
    return hash ^ hash >>> 15;
  }

  private int judge(FieldBinding binding, RawFields record) {
    List<String> parts = new ArrayList<>(fields.length);
    for (int field : fields) {
      String value = binding.select(record, field) ? binding.value() : "";
      RejectCode broken =
          names ? MemberText.brokenName(value) : MemberText.broken(value, MemberText.LENGTH);
      if (broken == null && binding.isId(field) && MemberText.isBrokenId(value)) {
        broken = RejectCode.BAD_ID;
      }
      if (broken != null) {
        rejections.add(binding.reject(broken, field));
        return -rejections.size();
      }
      parts.add(names ? memberNames.computeIfAbsent(value, MemberName::of) : value);
    }
    return dictionary.code(Terms.join(parts));
  }

  // Only a cache: a feed of ever new spellings must not fill the memory.
  private void forget() {
    size = 0;
    memberNames.clear();
    rejections.clear();
    slots = new int[256];
  }

  private void remember(int hash, int outcome) {
    if (size == spellings.length) {
      spellings = Arrays.copyOf(spellings, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      outcomes = Arrays.copyOf(outcomes, size * 2);
    }
    spellings[size] = Arrays.copyOf(key, keyLength);
    hashes[size] = hash;
    outcomes[size] = outcome;
    size++;
    if (size * 2 > slots.length) {
      slots = new int[slots.length * 4];
      for (int i = 0; i < size - 1; i++) {
        put(i);
      }
    }
    put(size - 1);
  }

  private void put(int spelling) {
    int mask = slots.length - 1;
    int slot = hashes[spelling] & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = spelling + 1;
  }
}
