package io.autopulse.warehouse.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTextTest {
  @TempDir private static Path folder;

  private static SnowflakeKeys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = SnowflakeKeys.generate(folder, "localhost");
  }

  @Test
  void plainAndEncryptedKeysAreTheSameKey() throws IOException {
    for (Path file : List.of(keys.plain(), keys.pbes1(), keys.pbes2())) {
      assertThat(
          PrivateKeyText.read(
              Files.readString(file), "AUTOPULSE_X", Optional.of(keys.passphrase())),
          is(keys.user().getPrivate()));
    }
  }

  @Test
  void linesOfWindowsAndTextAroundTheKeyDoNotMatter() throws IOException {
    String text = Files.readString(keys.plain()).replace("\n", "\r\n");
    assertThat(
        PrivateKeyText.read("Bag Attributes: x\r\n" + text + "\r\n", "a", Optional.empty()),
        is(keys.user().getPrivate()));
  }

  @Test
  void lineEndsOfTwoCharactersAreThoseOfSecretManagers() throws IOException {
    for (String end : List.of("\\n", "\\r\\n", "\\n\n", " ")) {
      String text = Files.readString(keys.plain()).replace("\n", end);
      assertThat(PrivateKeyText.read(text, "a", Optional.empty()), is(keys.user().getPrivate()));
    }
    String encrypted = Files.readString(keys.pbes2()).replace("\n", "\\n");
    assertThat(
        PrivateKeyText.read(encrypted, "a", Optional.of(keys.passphrase())),
        is(keys.user().getPrivate()));
  }

  @Test
  void encryptedKeyWantsItsPassphrase() throws IOException {
    for (Path file : List.of(keys.pbes1(), keys.pbes2())) {
      String text = Files.readString(file);
      assertThat(
          refusal(text, Optional.empty()),
          is(
              "key.p8: the private key is encrypted, and no passphrase is set. Set AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE or its _FILE"));
      assertThat(
          refusal(text, Optional.of("guessed")),
          containsString("key.p8: the passphrase does not open the private key"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY,Convert it: openssl pkcs8 -topk8",
    "PUBLIC KEY,this is a public key or certificate",
    "CERTIFICATE,this is a public key or certificate",
    "OPENSSH PRIVATE KEY,is no kind of key that Snowflake takes",
    "EC PRIVATE KEY,is no kind of key that Snowflake takes"
  })
  void otherPemIsExplained(String kind, String message) {
    assertThat(refusal(pem(kind, "AAAA"), Optional.empty()), containsString(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MIIE", "/etc/key.p8", "-----BEGIN PRIVATE KEY-----\nMIIE"})
  void textThatIsNoPemIsExplained(String text) {
    assertThat(
        refusal(text, Optional.empty()), containsString("key.p8: this is no private key in PEM"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void damagedKeyIsExplainedWithoutItsText(String kind) {
    String message = refusal(pem(kind, "c2VjcmV0"), Optional.of("x"));
    assertThat(message, containsString("damaged"));
    assertThat(message, not(containsString("c2VjcmV0")));
  }

  @Test
  void keysThatOpensslWritesAreRead() throws Exception {
    Path key = folder.resolve("openssl.pem");
    openssl("genrsa", "-out", key.toString(), "2048");
    Path today = encrypted(key, "today.p8");
    Path aes128 = encrypted(key, "aes128.p8", "-v2", "aes-128-cbc");
    Path old = encrypted(key, "old.p8", "-v1", "PBE-SHA1-3DES");
    for (Path file : List.of(today, aes128, old)) {
      assertThat(
          PrivateKeyText.read(Files.readString(file), "a", Optional.of("geheim")).getAlgorithm(),
          is("RSA"));
    }
  }

  @Test
  void encryptionThatTheJdkDoesNotKnowIsExplained() throws Exception {
    Path key = folder.resolve("unknown.pem");
    openssl("genrsa", "-out", key.toString(), "2048");
    for (Path file :
        List.of(encrypted(key, "des3.p8", "-v2", "des3"), encrypted(key, "scrypt.p8", "-scrypt"))) {
      assertThat(
          refusal(Files.readString(file), Optional.of("geheim")),
          containsString("Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc"));
    }
  }

  private static Path encrypted(Path key, String name, String... options) throws Exception {
    Path file = folder.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("pkcs8", "-topk8"));
    arguments.addAll(List.of(options));
    arguments.addAll(
        List.of("-in", key.toString(), "-out", file.toString(), "-passout", "pass:geheim"));
    assertThat(openssl(arguments.toArray(new String[0])), is(0));
    return file;
  }

  private static int openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES), is(true));
    return process.exitValue();
  }

  private static String pem(String kind, String text) {
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  private static String refusal(String text, Optional<String> passphrase) {
    return assertThrows(InputException.class, () -> PrivateKeyText.read(text, "key.p8", passphrase))
        .getMessage();
  }
}
