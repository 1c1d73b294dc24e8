package io.autopulse.generate;

import io.autopulse.domain.problem.RejectCode;

/**
 * A bad record and why it must be rejected.
 *
 * @param code the reject code
 * @param field the field at fault, or empty if it is the record as a whole
 * @param text what stands in the field, or for a malformed record of JSON the whole line
 */
record Defect(RejectCode code, String field, String text) {

  /**
   * A defect in a file of the landing zone.
   *
   * @param file index of the sales file
   * @param line physical line where the record begins, 1 for the file's first
   * @param code the reject code
   * @param field the field at fault, or empty
   */
  record Place(int file, long line, RejectCode code, String field) implements Comparable<Place> {
    /** Returns the place so many lines further down. */
    Place after(long lines) {
      return new Place(file, lines + line, code, field);
    }

    @Override
    public int compareTo(Place other) {
      int byFile = Integer.compare(file, other.file);
      return byFile != 0 ? byFile : Long.compare(line, other.line);
    }
  }
}
