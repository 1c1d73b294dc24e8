package io.autopulse.domain.market;

import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.WhiteSpace;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which of our members a name of a market feed means: the member of that very name, else the member
 * that has it as an alias, else the one that has its longest beginning as an alias that ends in
 * {@code *} (postcodes); a blank before it is part of the beginning. Names are compared as members
 * are ({@link MemberName}), topics as {@link #topic} spells them. Nothing is guessed: any other
 * name means none. A mapping without members knows every name, as its own member.
 *
 * @param members by every name and alias, its member
 * @param beginnings by the beginning that an alias names, its member
 */
public record NameMapping(Map<String, String> members, Map<String, String> beginnings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A mapping that leaves every name as it is. */
  public static final NameMapping NONE = new NameMapping(Map.of(), Map.of());

  /** Copies the maps. */
  public NameMapping {
    members = Map.copyOf(members);
    beginnings = Map.copyOf(beginnings);
  }

  /**
   * Returns the mapping of a table of members and their aliases.
   *
   * @throws IllegalArgumentException if a name means two members
   */
  public static NameMapping of(Map<String, List<String>> table) {
    return of(table, MemberName::of);
  }

  /**
   * Returns the mapping of a table of topics and their aliases: of names in the spelling of {@link
   * #topic}.
   *
   * @throws IllegalArgumentException if a name means two members
   */
  public static NameMapping ofTopics(Map<String, List<String>> table) {
    return of(table, NameMapping::topic);
  }

  private static NameMapping of(Map<String, List<String>> table, UnaryOperator<String> spelling) {
    Map<String, String> members = new LinkedHashMap<>();
    Map<String, String> beginnings = new HashMap<>();
    table.keySet().forEach(name -> put(members, spelling.apply(name), MemberName.of(name)));
    table.forEach(
        (name, aliases) -> {
          for (String alias : aliases) {
            String text = WhiteSpace.strip(alias);
            if (text.endsWith("*")) {
              put(beginnings, beginning(text, spelling), MemberName.of(name));
            } else {
              put(members, spelling.apply(text), MemberName.of(name));
            }
          }
        });
    return new NameMapping(members, beginnings);
  }

  /** Returns what stands before the asterisk: a letter in its place keeps a blank at the end. */
  private static String beginning(String alias, UnaryOperator<String> spelling) {
    String spelled = spelling.apply(alias.substring(0, alias.length() - 1) + "X");
    return spelled.substring(0, spelled.length() - 1);
  }

  /** Returns the spelling of a topic's name: titles of pages have underscores for spaces. */
  public static String topic(String name) {
    return MemberName.of(name.replace('_', ' '));
  }

  private static void put(Map<String, String> names, String name, String member) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a name or alias of " + member + " is empty");
    }
    String other = names.putIfAbsent(name, member);
    if (other != null && !other.equals(member)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" means two members: " + other + " and " + member);
    }
  }

  /** Tells whether the mapping has no members: every name is its own. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Returns how many names and beginnings mean a member. */
  public int size() {
    return members.size() + beginnings.size();
  }

  /** Returns the member that a name, in its member's spelling, means. */
  public Optional<String> member(String name) {
    if (isEmpty()) {
      return Optional.of(name);
    }
    String member = members.get(name);
    for (int length = name.length();
        member == null && !beginnings.isEmpty() && length > 0;
        length--) {
      member = beginnings.get(name.substring(0, length));
    }
    return Optional.ofNullable(member);
  }

  /** Returns the members that a free text names, by whole words. */
  public Set<String> namedIn(String text) {
    String words = words(MemberName.of(text));
    Set<String> named = new TreeSet<>();
    members.forEach(
        (name, member) -> {
          if (words.contains(words(name))) {
            named.add(member);
          }
        });
    return named;
  }

  /** Returns the letters and digits, each run of others as one space, with a space at each end. */
  private static String words(String name) {
    StringBuilder words = new StringBuilder(name.length() + 2).append(' ');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        words.append(c);
      } else if (words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    return words.charAt(words.length() - 1) == ' '
        ? words.toString()
        : words.append(' ').toString();
  }
}
