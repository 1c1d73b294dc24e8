package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.util.List;
import java.util.function.Function;

/** One node being read: it is asked for what it should be, and reports what it is instead. */
public final class Element {
  private final Node node;
  private final Reading reading;

  Element(Node node, Reading reading) {
    this.node = node;
    this.reading = reading;
  }

  /** Tells whether a list stands here. */
  public boolean isList() {
    return node instanceof Node.Sequence;
  }

  /** Reads one value: {@code type} gets the text with its environment variables. */
  public <T> Value<T> scalar(Function<String, T> type) {
    if (!(node instanceof Node.Scalar scalar)) {
      return wrongType("one value");
    }
    try {
      String text = reading.substituted(scalar.text());
      if (text.isEmpty()) {
        reading.report(node.place(), "has no value", "Give it one, or remove the key");
        return Value.broken();
      }
      return Value.of(type.apply(text));
    } catch (InputException e) {
      reading.report(node.place(), e);
      return Value.broken();
    }
  }

  /** Reads one value, or gives the default for a value that is not written, such as YAML's NULL. */
  public <T> Value<T> scalar(Function<String, T> type, T unwritten) {
    return node instanceof Node.Scalar scalar && scalar.text().isEmpty()
        ? Value.of(unwritten)
        : scalar(type);
  }

  /** Reads a map: the reader takes the keys it knows, all others are reported. */
  public <T> Value<T> section(Function<Section, T> reader) {
    if (!(node instanceof Node.Mapping mapping)) {
      return wrongType("a map");
    }
    Section section = new Section(mapping, reading);
    Value<T> value = section.read(reader);
    section.reportUnknownKeys();
    return value;
  }

  /** Reads the elements of a list. */
  public Value<List<Element>> list() {
    if (!(node instanceof Node.Sequence sequence)) {
      return wrongType("a list");
    }
    return Value.of(sequence.elements().stream().map(e -> new Element(e, reading)).toList());
  }

  /** Reads a list of at least one element, which may repeat itself. */
  public <T> Value<List<T>> listOf(Function<Element, Value<T>> type) {
    return Value.built(
        () -> {
          List<Value<T>> values = list().get().stream().map(type).toList();
          return values.isEmpty()
              ? this.<List<T>>broken("has no element", "Give it one").get()
              : values.stream().map(Value::get).toList();
        });
  }

  /** Notes a problem here. */
  public <T> Value<T> broken(String problem, String remedy) {
    reading.report(node.place(), problem, remedy);
    return Value.broken();
  }

  private <T> Value<T> wrongType(String expected) {
    return broken("is " + node.description() + ", but must be " + expected, "");
  }
}
