package dev.kuar.practice.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may use a MySQL server, from where and which databases. Thread-safe. */
final class MySqlAccounts {
    private final List<Account> accounts = new ArrayList<>();

    /**
     * A user.
     *
     * @param host a pattern: {@code %} for anywhere
     * @param sha1 of the password's SHA-1, in hexadecimal digits; empty where there is no password
     * @param sha256 likewise
     * @param databases that may be used; a star for all
     */
    record Account(String user, String host, String sha1, String sha256, Set<String> databases) {
        boolean mayUse(String database) {
            return databases.contains("*")
                    || databases.contains(database)
                    || database.equals("information_schema")
                    || database.equals("performance_schema");
        }

        /** As messages name it. */
        String quoted() {
            return "'" + user + "'@'" + host + "'";
        }
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            Arrays.asList(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String twice(String algorithm, String password) {
        return password.isEmpty()
                ? ""
                : HexFormat.of()
                        .formatHex(digest(algorithm, digest(algorithm, password.getBytes(StandardCharsets.UTF_8))));
    }

    static byte[] mixed(byte[] one, byte[] other) {
        byte[] mixed = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            mixed[i] = (byte) (one[i] ^ other[i % other.length]);
        }
        return mixed;
    }

    /** What a client answers to {@code nonce}: mysql_native_password for SHA-1, caching_sha2_password for SHA-256. */
    static byte[] answer(String algorithm, String password, byte[] nonce) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = digest(algorithm, password.getBytes(StandardCharsets.UTF_8));
        byte[] twice = digest(algorithm, once);
        return mixed(
                once, algorithm.equals("SHA-1") ? digest(algorithm, nonce, twice) : digest(algorithm, twice, nonce));
    }

    /** Whether an answer was made with the account's password. */
    static boolean fits(Account account, String algorithm, byte[] answer, byte[] nonce) {
        String stored = algorithm.equals("SHA-1") ? account.sha1() : account.sha256();
        if (stored.isEmpty() || answer.length == 0) {
            return stored.isEmpty() && answer.length == 0;
        }
        byte[] twice = HexFormat.of().parseHex(stored);
        if (answer.length != twice.length) {
            return false;
        }
        byte[] key = algorithm.equals("SHA-1") ? digest(algorithm, nonce, twice) : digest(algorithm, twice, nonce);
        return Arrays.equals(digest(algorithm, mixed(answer, key)), twice);
    }

    synchronized @Nullable Account find(String user, String peer) {
        Account any = null;
        for (Account account : accounts) {
            if (account.user().equals(user)) {
                if (account.host().equals(peer)) {
                    return account;
                }
                if (account.host().equals("%") || peer.startsWith(account.host().replace("%", ""))) {
                    any = account;
                }
            }
        }
        return any;
    }

    synchronized @Nullable Account exact(String user, String host) {
        return accounts.stream()
                .filter(each -> each.user().equals(user) && each.host().equals(host))
                .findFirst()
                .orElse(null);
    }

    synchronized void put(String user, String host, @Nullable String password, Set<String> databases) {
        Account before = exact(user, host);
        String sha1 = password != null ? twice("SHA-1", password) : before == null ? "" : before.sha1();
        String sha256 = password != null ? twice("SHA-256", password) : before == null ? "" : before.sha256();
        accounts.remove(before);
        accounts.add(new Account(user, host, sha1, sha256, databases));
    }

    synchronized void remove(Account account) {
        accounts.remove(account);
    }

    synchronized List<Account> all() {
        return List.copyOf(accounts);
    }

    /** One a line, for {@link #read}. */
    synchronized String written() {
        StringBuilder text = new StringBuilder();
        accounts.forEach(each -> text.append(String.join(
                        "\t", each.user(), each.host(), each.sha1(), each.sha256(), String.join(",", each.databases())))
                .append('\n'));
        return text.toString();
    }

    synchronized void read(String text) {
        text.lines().forEach(line -> {
            String[] words = line.split("\t", -1);
            if (words.length == 5) {
                Set<String> databases = new TreeSet<>(Arrays.asList(words[4].split(",")));
                databases.remove("");
                accounts.add(new Account(words[0], words[1], words[2], words[3], databases));
            }
        });
    }
}
