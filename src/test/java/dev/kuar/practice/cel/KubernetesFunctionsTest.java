package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that Kubernetes adds to CEL, by the examples of its documentation. */
final class KubernetesFunctionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "isQuantity('1.3G') && isQuantity('1.3Gi') && isQuantity('10000k') && !isQuantity('1,3G')",
                "!isQuantity('200K') && !isQuantity('Three') && !isQuantity('Mi')",
                "quantity('500000G').isInteger() && quantity('50.703k').isInteger() && !quantity('50.703').isInteger()",
                "!quantity('9999999999999999999999999999999999999G').isInteger()",
                "quantity('50k').asInteger() == 50000 && quantity('50k').asApproximateFloat() == 50000.0",
                "quantity('150Mi').isGreaterThan(quantity('100Mi')) && quantity('50M').isLessThan(quantity('100M'))",
                "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('1').compareTo(quantity('2')) == -1",
                "quantity('1000m') == quantity('1') && quantity('-3').sign() == -1 && quantity('0').sign() == 0",
                "quantity('50k').add(quantity('20')) == quantity('50020') && quantity('50k').add(20).sub(quantity('100')).sub(-20) == quantity('49940')",
                "quantity(self.limit).isLessThan(quantity('1Gi'))",
                "url('https://example.com:80/').getHost() == 'example.com:80' && url('https://example.com/').getHost() == 'example.com'",
                "url('https://[::1]:80/').getHost() == '[::1]:80' && url('https://[::1]:80/').getHostname() == '::1'",
                "url('https://example.com:80/').getPort() == '80' && url('/path').getHost() == '' && url('https://a.b/').getScheme() == 'https'",
                "url('https://example.com/path%20with%20spaces/').getEscapedPath() == '/path%20with%20spaces/'",
                "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
                "isURL('https://example.com') && isURL('/absolute') && !isURL('../relative') && !isURL('not a url')",
                "isIP('192.168.0.1') && isIP('::1') && !isIP('192.168.0') && !isIP('1.2.3.256')",
                "ip('127.0.0.1').family() == 4 && ip('::1').family() == 6 && ip('127.0.0.1').isLoopback()",
                "ip('0.0.0.0').isUnspecified() && ip('224.0.0.1').isLinkLocalMulticast() && ip('169.254.1.1').isLinkLocalUnicast()",
                "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
                "ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
                "ip('2001:db8::abcd') == ip('2001:DB8:0:0::ABCD') && string(ip('2001:DB8::1')) == '2001:db8::1'",
                "isCIDR('192.168.0.0/16') && !isCIDR('192.168.0.0/') && !isCIDR('1.2.3.4/33')",
                "cidr('192.168.0.0/24').containsIP(ip('192.168.0.1')) && cidr('192.168.0.0/24').containsIP('192.168.0.1')",
                "cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') && !cidr('192.168.0.0/24').containsCIDR(cidr('192.168.1.0/24'))",
                "cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')",
                "cidr('192.168.0.0/24').prefixLength() == 24 && string(cidr('192.168.0.0/24')) == '192.168.0.0/24'",
                "[1, 2, 3].isSorted() && !['b', 'a'].isSorted() && self.names.isSorted()",
                "[1, 3].sum() == 4 && [1.0, 3.0].sum() == 4.0 && self.counts.sum() == 6",
                "[1, 3].min() == 1 && [1, 3].max() == 3 && ['b', 'a'].min() == 'a'",
                "[1, 2, 2, 3].indexOf(2) == 1 && [1, 2, 2, 3].lastIndexOf(2) == 2 && ['a'].indexOf('z') == -1 && 'abcb'.indexOf('b') == 1",
                "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
                "'123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '123 abc 456'.findAll('[0-9]+', 1) == ['123']",
                "!format.dns1123Label().validate('my-label').hasValue() && format.named('dns1123Label').value().validate('not_a_label').hasValue()",
                "!format.named('nope').hasValue() && !format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()",
                "isSemver('1.0.0') && !isSemver('v1.0') && isSemver('v1.0', true)",
                "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-beta').isLessThan(semver('1.0.0')) && semver('2.1.3').minor() == 1",
                "self.?missing.orValue('none') == 'none' && optional.none().orValue(1) == 1",
                "authorizer.group('apps').resource('deployments').namespace('d').check('create').allowed()",
                "!authorizer.path('/healthz').check('get').allowed()",
                "authorizer.serviceAccount('d', 'robot').group('').resource('pods').check('get').reason() == 'd/robot'",
            })
    void holds(String expression) {
        CelProgram program = CelProgram.compile(expression, Set.of("self", "authorizer"));

        assertThat(program.evaluate(Map.of(
                        "self",
                        Map.of(
                                "limit", "512Mi",
                                "names", java.util.List.of("a", "b"),
                                "counts", java.util.List.of(1L, 2L, 3L)),
                        "authorizer",
                        (Authorizer) check -> new Authorizer.Decision(
                                "deployments".equals(check.get("resource")) && "create".equals(check.get("verb")),
                                check.get("accountNamespace") + "/" + check.get("account")))))
                .as(expression)
                .isEqualTo(true);
    }

    @Test
    void optionals_of_any_type_are_looked_into_by_what_they_hold() {
        Map<String, Object> variables = Map.of("object", Map.of("extra", Map.of("node", List.of("n1")), "name", "x"));
        Map.of(
                        "object.extra[?'node'][0].orValue('')", "n1",
                        "object.extra[?'none'][0].orValue('-')", "-",
                        "object.extra[?'node'][?1].orValue('-')", "-",
                        "object.?extra['node'][0].orValue('-')", "n1",
                        "object.?extra[?'none'].orValue('-')", "-",
                        "(false ? object.extra : object).?name.orValue('')", "x")
                .forEach((expression, value) -> assertThat(CelProgram.compile(expression, List.of("object"))
                                .evaluate(variables))
                        .as(expression)
                        .isEqualTo(value));
    }

    @Test
    void says_what_cannot_be_converted() {
        assertThatThrownBy(() ->
                        CelProgram.compile("quantity('Three').sign()", Set.of()).evaluate(Map.of()))
                .isInstanceOf(CelException.class)
                .hasMessageContaining("quantities must match the regular expression");
        assertThatThrownBy(() -> CelProgram.compile("ip('1.2.3')", Set.of()).evaluate(Map.of()))
                .hasMessageContaining("unable to parse IP");
        assertThatThrownBy(() -> CelProgram.compile("[].max()", Set.of()).evaluate(Map.of()))
                .hasMessageContaining("max called on empty list");
    }
}
