package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads the private key of an RSA key pair from PEM text: PKCS#8, plain or encrypted by PBES1 or
 * PBES2. The JDK decrypts it in memory: the driver and SnowflakeIO, given the file, look for a
 * cipher named PBES2, which the JDK has under the names of its parts.
 */
final class PrivateKeyText {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*(.*?)\\s*-----END \\1-----", Pattern.DOTALL);

  /** The scheme's own name in the JDK says nothing: its parts do. */
  private static final String PBES2 = "PBES2";

  private static final String PBES2_OID = "1.2.840.113549.1.5.13";

  private PrivateKeyText() {}

  /**
   * Reads a key.
   *
   * @param text the PEM text
   * @param origin the variable or file that held it, for messages; the text is in none
   * @param passphrase of an encrypted key
   * @throws InputException if the text is no such key, or the passphrase is missing or wrong
   */
  static PrivateKey read(String text, String origin, Optional<String> passphrase) {
    // Secret managers give the line ends of a variable as two characters; neither is one of Base64.
    Matcher pem = PEM.matcher(text.replace("\\r", "").replace("\\n", "\n"));
    if (!pem.find()) {
      throw new InputException(
          origin,
          "this is no private key in PEM: it has no line -----BEGIN PRIVATE KEY-----",
          "Give the PKCS#8 file whole, first and last line included");
    }
    return switch (pem.group(1)) {
      case "PRIVATE KEY" -> rsa(decoded(pem.group(2), origin), origin);
      case "ENCRYPTED PRIVATE KEY" -> {
        String phrase =
            passphrase.orElseThrow(
                () ->
                    new InputException(
                        origin,
                        "the private key is encrypted, and no passphrase is set",
                        "Set " + SnowflakeVariables.PASSPHRASE + " or its _FILE"));
        yield rsa(decrypted(decoded(pem.group(2), origin), phrase, origin), origin);
      }
      case "RSA PRIVATE KEY" ->
          throw new InputException(
              origin,
              "the private key is in the old form PKCS#1",
              "Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out rsa_key.p8");
      case "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE" ->
          throw new InputException(
              origin,
              "this is a public key or certificate, where the private key is needed",
              "Name the private key's file, such as rsa_key.p8");
      default ->
          throw new InputException(
              origin,
              "\"" + pem.group(1) + "\" is no kind of key that Snowflake takes",
              "Make an RSA key: openssl genrsa 2048 | openssl pkcs8 -topk8 -v2 aes-256-cbc -out rsa_key.p8");
    };
  }

  private static byte[] decoded(String base64, String origin) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw damaged(origin, e);
    }
  }

  private static PrivateKey rsa(byte[] encoded, String origin) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw damaged(origin, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK knows no RSA", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static InputException damaged(String origin, Exception cause) {
    return new InputException(
        origin,
        "the private key is damaged, or is no RSA key",
        "Give the PKCS#8 file of an RSA key as openssl wrote it",
        cause);
  }

  private static byte[] decrypted(byte[] encoded, String passphrase, String origin) {
    EncryptedPrivateKeyInfo key;
    try {
      key = new EncryptedPrivateKeyInfo(encoded);
    } catch (IOException e) {
      throw unknownScheme(origin, e);
    }
    Cipher cipher = cipher(key, passphrase, origin);
    try {
      return key.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException e) {
      // A wrong passphrase gives padding that is none, or bytes that are no key.
      throw new InputException(
          origin,
          "the passphrase does not open the private key",
          "Mend " + SnowflakeVariables.PASSPHRASE + " or the file that its _FILE names",
          e);
    }
  }

  private static Cipher cipher(EncryptedPrivateKeyInfo key, String passphrase, String origin) {
    PBEKeySpec phrase = new PBEKeySpec(passphrase.toCharArray());
    try {
      String scheme = scheme(key);
      SecretKey secret = SecretKeyFactory.getInstance(scheme).generateSecret(phrase);
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(Cipher.DECRYPT_MODE, secret, key.getAlgParameters());
      return cipher;
    } catch (GeneralSecurityException e) {
      throw unknownScheme(origin, e);
    } finally {
      phrase.clearPassword();
    }
  }

  private static InputException unknownScheme(String origin, Exception cause) {
    return new InputException(
        origin,
        "the private key is encrypted in a way that this JDK does not know, or is damaged",
        "Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.p8 -out rsa_key.p8",
        cause);
  }

  private static String scheme(EncryptedPrivateKeyInfo key) throws GeneralSecurityException {
    String name = key.getAlgName();
    if (!name.equals(PBES2) && !name.equals(PBES2_OID)) {
      return name;
    }
    if (key.getAlgParameters() == null) {
      throw new GeneralSecurityException("parameters of PBES2 that the JDK does not read");
    }
    // Such as PBEWithHmacSHA256AndAES_256; the JDK tells it in no other way.
    return key.getAlgParameters().toString();
  }
}
