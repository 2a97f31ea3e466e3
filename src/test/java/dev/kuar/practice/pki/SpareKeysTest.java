package dev.kuar.practice.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpareKeysTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_key_that_was_kept_is_taken_once() throws Exception {
        SpareKeys keys = new SpareKeys(Optional.of(directory.resolve("keys")));
        keys.refill();

        KeyPair one = keys.take();
        KeyPair two = keys.take();

        assertThat(one.getPublic()).isNotEqualTo(two.getPublic());
        try (Stream<Path> left = Files.list(directory.resolve("keys"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_kept_key_signs_what_its_public_half_verifies() throws Exception {
        SpareKeys keys = new SpareKeys(Optional.of(directory.resolve("keys")));
        keys.refill();
        KeyPair pair = keys.take();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();

        signature.initVerify(pair.getPublic());
        signature.update(new byte[] {1, 2, 3});

        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void a_damaged_key_is_passed_over() throws Exception {
        Files.writeString(directory.resolve("x.key"), "noise");

        assertThat(new SpareKeys(Optional.of(directory)).take().getPublic().getAlgorithm())
                .isEqualTo("RSA");
    }
}
