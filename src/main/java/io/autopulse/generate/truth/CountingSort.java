package io.autopulse.generate.truth;

/** A stable sort by small whole numbers, in time that grows with the number of rows only. */
final class CountingSort {
  private CountingSort() {}

  /**
   * Sorts consecutive rows by key; rows with equal keys stay in their order.
   *
   * @param key the key of each row: those of the sorted rows begin at index 0
   * @param keys one more than the largest key
   * @param firstRow the number of the row that the first key belongs to
   * @param order where the row numbers go; as many as it has room for are sorted
   * @return where in {@code order} each key begins, and as the last element where the last key ends
   */
  static int[] sort(int[] key, int keys, int firstRow, int[] order) {
    int[] begin = new int[keys + 1];
    for (int i = 0; i < order.length; i++) {
      begin[key[i] + 1]++;
    }
    for (int k = 1; k <= keys; k++) {
      begin[k] += begin[k - 1];
    }
    int[] next = begin.clone();
    for (int i = 0; i < order.length; i++) {
      order[next[key[i]]++] = firstRow + i;
    }
    return begin;
  }
}
