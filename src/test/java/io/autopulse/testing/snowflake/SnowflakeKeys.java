package io.autopulse.testing.snowflake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * Keys that live as long as a test: the key pair of Snowflake's user in every form of file that
 * users bring, and the certificate of the server with a trust store for it.
 *
 * @param user the user's key pair
 * @param passphrase of the encrypted key files and of the trust store
 * @param plain the private key, PKCS#8 without encryption
 * @param pbes1 the private key, PKCS#8 by an old scheme of password encryption (SHA-1, Triple DES)
 * @param pbes2 the private key, PKCS#8 by PBES2 (AES-256), as OpenSSL writes it today
 * @param publicKey the public key
 * @param certificate the server's certificate
 * @param certificateKey the certificate's private key
 * @param trustStore a PKCS#12 file with the certificate
 */
public record SnowflakeKeys(
    KeyPair user,
    String passphrase,
    Path plain,
    Path pbes1,
    Path pbes2,
    Path publicKey,
    Path certificate,
    Path certificateKey,
    Path trustStore) {
  private static final String ALIAS = "emulator";

  /** Makes keys in a folder, the certificate for these names of a host. */
  public static SnowflakeKeys generate(Path folder, String... hosts)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    SnowflakeKeys keys =
        new SnowflakeKeys(
            keyPair(),
            "a phrase that passes",
            folder.resolve("rsa_key.p8"),
            folder.resolve("rsa_key_pbes1.p8"),
            folder.resolve("rsa_key_pbes2.p8"),
            folder.resolve("rsa_key.pub"),
            folder.resolve("server.crt"),
            folder.resolve("server.key"),
            folder.resolve("trust.p12"));
    keys.writeUser();
    keys.writeServer(folder.resolve("server.p12"), hosts);
    return keys;
  }

  /** Returns a key pair of RSA. */
  public static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private void writeUser() throws IOException, GeneralSecurityException {
    byte[] key = user.getPrivate().getEncoded();
    write(plain, "PRIVATE KEY", key);
    write(pbes1, "ENCRYPTED PRIVATE KEY", encrypted(key, "PBEWithSHA1AndDESede"));
    write(pbes2, "ENCRYPTED PRIVATE KEY", encrypted(key, "PBEWithHmacSHA256AndAES_256"));
    write(publicKey, "PUBLIC KEY", user.getPublic().getEncoded());
  }

  private byte[] encrypted(byte[] key, String algorithm)
      throws IOException, GeneralSecurityException {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(salt, 2048));
    byte[] encrypted = cipher.doFinal(key);
    return algorithm.startsWith("PBEWithHmac")
        ? pbes2(cipher.getParameters(), encrypted)
        : new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
  }

  /** The JDK's {@link EncryptedPrivateKeyInfo} reads PBES2, but does not write it. */
  private static byte[] pbes2(AlgorithmParameters parameters, byte[] encrypted) throws IOException {
    byte[] scheme = HexFormat.of().parseHex("06092a864886f70d01050d");
    return der(0x30, der(0x30, scheme, parameters.getEncoded()), der(0x04, encrypted));
  }

  /** Returns an element of ASN.1. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    byte[] length = BigInteger.valueOf(content.size()).toByteArray();
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.size() > 0x7F) {
      int zero = length[0] == 0 ? 1 : 0;
      element.write(0x80 + length.length - zero);
      element.write(length, zero, length.length - zero);
    } else {
      element.write(content.size());
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  /** The JDK's own classes make no certificate: its keytool does. */
  private void writeServer(Path store, String... hosts)
      throws IOException, GeneralSecurityException {
    keytool(store, "SAN=ip:127.0.0.1,dns:" + String.join(",dns:", hosts), hosts[0]);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, passphrase.toCharArray());
    }
    Certificate own = made.getCertificate(ALIAS);
    write(certificate, "CERTIFICATE", own.getEncoded());
    write(certificateKey, "PRIVATE KEY", made.getKey(ALIAS, passphrase.toCharArray()).getEncoded());
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(ALIAS, own);
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trust.store(out, passphrase.toCharArray());
    }
  }

  private void keytool(Path store, String names, String host) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "2",
                "-dname",
                "CN=" + host,
                "-ext",
                names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                passphrase)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
