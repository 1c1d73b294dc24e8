package io.autopulse.sink.staging.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Writes pages, each a header and the body that was put together in {@link #body}. */
final class PageWriter {
  private final WritableByteChannel out;
  private final PageBytes body = new PageBytes();
  private long position;

  PageWriter(WritableByteChannel out) {
    this.out = out;
  }

  /** Returns how many bytes were written to the file. */
  long position() {
    return position;
  }

  /** Returns the body of the next page. */
  PageBytes body() {
    return body;
  }

  /** Writes the body as a data page of so many rows. */
  void writeData(int rows, Encoding encoding) throws IOException {
    PageHeader header = header(PageType.DATA_PAGE);
    header.setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
    writePage(header);
  }

  /** Writes the body as a dictionary page of so many entries. */
  void writeDictionary(int entries) throws IOException {
    PageHeader header = header(PageType.DICTIONARY_PAGE);
    header.setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN));
    writePage(header);
  }

  private PageHeader header(PageType type) {
    return new PageHeader(type, body.length(), body.length());
  }

  private void writePage(PageHeader header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writePageHeader(header, bytes);
    write(ByteBuffer.wrap(bytes.toByteArray()));
    write(ByteBuffer.wrap(body.array(), 0, body.length()));
    body.clear();
  }

  /** Writes bytes as they are. */
  void write(ByteBuffer bytes) throws IOException {
    position += bytes.remaining();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
