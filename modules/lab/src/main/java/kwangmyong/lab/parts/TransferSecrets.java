package kwangmyong.lab.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.dns.tsig.TsigKey;
import kwangmyong.dns.tsig.TsigKeys;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.DnsSection.TransferKey;

/** Secrets of keys between servers, each in a file as BIND writes it, so that {@code dig -k FILE} takes it. Those that no file is named for are made once. */
final class TransferSecrets {
    private static final Pattern SECRET = Pattern.compile("secret\\s+\"?([A-Za-z0-9+/=]+)\"?\\s*;");
    private static final int SECRET_BYTES = 32;

    /** In bytes. */
    private static final long MAX_FILE = 1 << 16;

    private TransferSecrets() {}

    /** @param folder where the lab keeps those that it makes */
    static TsigKeys open(List<TransferKey> declared, Path folder) throws StartException {
        List<TsigKey> keys = new ArrayList<>();
        for (TransferKey key : declared) {
            Path file = key.file() == null ? folder.resolve(key.name() + ".key") : key.file();
            try {
                if (key.file() == null && !Files.exists(file)) {
                    make(key, folder, file);
                }
                keys.add(new TsigKey(key.name(), key.algorithm(), secret(file), key.subject()));
            } catch (IOException | IllegalArgumentException unusable) {
                throw new StartException(
                        "the secret of the key " + key.name() + " in " + file + " cannot be used: "
                                + unusable.getMessage(),
                        unusable);
            }
        }
        return new TsigKeys(keys);
    }

    private static void make(TransferKey key, Path folder, Path file) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "key \"" + key.name() + "\" {\n\talgorithm " + key.algorithm().word() + ";\n\tsecret \""
                        + Base64.getEncoder().encodeToString(secret) + "\";\n};\n");
    }

    private static byte[] secret(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException("it is larger than " + MAX_FILE + " bytes");
        }
        Matcher secret = SECRET.matcher(Files.readString(file));
        if (!secret.find()) {
            throw new IOException("it holds no 'secret \"…\";'");
        }
        return Base64.getDecoder().decode(secret.group(1));
    }
}
