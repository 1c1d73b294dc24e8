package io.autopulse.pipeline.yaml;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import org.junit.jupiter.api.Test;

class YamlTreeTest {
  @Test
  void everyNodeKnowsTheLineOfItsKey() {
    Places places =
        Places.of(
            read(
                """
                job: x

                feeds:
                  sales:
                    from: {type: csv,
                      path: a.csv}
                kpis:
                  grains:
                    - day
                    - week
                """));
    assertThat(places.of("job"), is("m.yaml:1: job"));
    assertThat(places.of("feeds.sales"), is("m.yaml:4: feeds.sales"));
    assertThat(places.of("feeds.sales.from.path"), is("m.yaml:6: feeds.sales.from.path"));
    assertThat(places.of("kpis.grains.1"), is("m.yaml:10: kpis.grains.1"));
  }

  @Test
  void placeOfWhatIsNotWrittenIsThatOfTheMapAroundIt() {
    Places places = Places.of(read("job: x\nfeeds:\n  sales: {}\n"));
    assertThat(places.of("feeds.sales.columns.sold_at"), is("m.yaml:3: feeds.sales"));
    assertThat(places.of("kpis.grains"), is("m.yaml:1"));
  }

  @Test
  void scalarsKeepTheirTextAsWritten() {
    Node.Mapping map =
        (Node.Mapping) read("a: 007\nb: 1.50\nc: yes\nd: ''\ne:\nf: \"\\t\"\ng: ~\n");
    assertThat(text(map, "a"), is("007"));
    assertThat(text(map, "b"), is("1.50"));
    assertThat(text(map, "c"), is("yes"));
    assertThat(text(map, "d"), is(""));
    assertThat(text(map, "e"), is(""));
    assertThat(text(map, "f"), is("\t"));
    assertThat(text(map, "g"), is(""));
  }

  @Test
  void keyThatStandsTwiceIsAnError() {
    assertThat(
        problem("job: a\nkpis: {}\njob: b\n"),
        is("m.yaml:3: job: stands twice, first on line 1. Keep one of the two"));
  }

  @Test
  void aliasIsAnError() {
    assertThat(
        problem("a: &x {b: 1}\nc: *x\n"), is("m.yaml:2: c: is an alias. Write the value out"));
  }

  @Test
  void secondDocumentIsAnError() {
    assertThat(
        problem("a: 1\n---\nb: 2\n"),
        is("m.yaml:3: begins a second document. Keep one document a file"));
  }

  @Test
  void emptyFileIsAnError() {
    assertThat(problem("# nothing\n"), is("m.yaml:1: is empty. Write at least one key"));
  }

  @Test
  void brokenYamlNamesItsLine() {
    assertThat(
        problem("job: x\nfeeds:\n  sales: a: b\n"),
        is(
            "m.yaml:3: cannot be read as YAML: mapping values are not allowed here. Check the indentation and quotes of this line and the one above"));
    assertThat(
        problem("job: [a\nkpis: b\n"),
        startsWith("m.yaml:2: cannot be read as YAML: expected ',' or ']'"));
    assertThat(
        problem("job: x\n\tkpis: b\n"),
        startsWith("m.yaml:2: cannot be read as YAML: found character '\\t(TAB)'"));
  }

  private static String text(Node.Mapping map, String key) {
    return ((Node.Scalar) map.entries().get(key)).text();
  }

  private static Node read(String yaml) {
    return YamlTree.read(yaml, Place.inFile("m.yaml"), "");
  }

  private static String problem(String yaml) {
    return assertThrows(InputException.class, () -> read(yaml)).getMessage();
  }
}
