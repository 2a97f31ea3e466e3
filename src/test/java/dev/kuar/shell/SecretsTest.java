package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.shell.language.Secrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl --token abc get po|kubectl --token *** get po",
                "kubectl --token=abc get po|kubectl --token=*** get po",
                "k create secret generic x --from-literal=pw='a b' -n x|k create secret generic x --from-literal=pw=*** -n x",
                "k create secret docker-registry r --docker-password \"a b\"|k create secret docker-registry r --docker-password ***",
                "export MY_TOKEN=abc; ls|export MY_TOKEN=***; ls",
                "PASSWORD=abc cmd|PASSWORD=*** cmd",
                "AWS_SECRET_ACCESS_KEY='x y' aws|AWS_SECRET_ACCESS_KEY=*** aws",
                "echo eyJhbGciOi.eyJzdWIi.sig-x_1|echo ***",
                "kubectl get nodes|kubectl get nodes",
                "k create secret generic x --from-literal='pw=a b' -n x|k create secret generic x --from-literal='pw=***' -n x",
                "k create secret generic x --from-literal \"pw=a b\"|k create secret generic x --from-literal \"pw=***\"",
                "k create secret generic x '--from-literal=pw=a b'|k create secret generic x '--from-literal=pw=***",
                "k --token a\\ b get po|k --token *** get po",
                "k --token 'a b|k --token ***",
                "k --from-literal=a=1 --from-literal=b=2|k --from-literal=a=*** --from-literal=b=***",
                "export \"MY_TOKEN=abc\"|export \"MY_TOKEN=***",
                "curl -H 'Authorization: Bearer abc' x|curl -H 'Authorization: Bearer ***' x",
                "echo kuar-0123456789012345678901234567890123456789abc|echo ***",
                "k get po -l key=value-of-a-label|k get po -l key=***",
                "echo monkey|echo monkey",
            })
    void secrets_are_masked(String row) {
        int cut = row.lastIndexOf('|');
        assertThat(Secrets.mask(row.substring(0, cut))).isEqualTo(row.substring(cut + 1));
    }
}
