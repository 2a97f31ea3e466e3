package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule files ask what exists, of fields that exist, and complain as upstream does. */
final class RuleFilesTest {
    private static final Set<String> ELSEWHERE = Set.of("use", "struct", "part");
    private static final Path FILES = Path.of("src/main/resources/practice/rules");
    private final Catalog catalog = Catalog.builtIn();
    private final Validator validator = new Validator();

    static Stream<String> files() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString().replace(".rules", "")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_line_asks_something_that_can_be_asked(String file) {
        List<Rule> rules = new ArrayList<>(RuleFiles.named(file));
        rules.addAll(RuleFiles.create(file));
        rules.addAll(RuleFiles.update(file));
        assertThat(rules).isNotEmpty();
        checks(rules);
    }

    private static void checks(List<Rule> rules) {
        for (Rule rule : rules) {
            assertThat(rule.check().isEmpty() && rule.below().isEmpty())
                    .as("%s asks nothing", rule)
                    .isFalse();
            if (ELSEWHERE.contains(rule.check())) {
                assertThat(RuleFiles.named(rule.words().get(0))).as("%s", rule).isNotEmpty();
            } else if (!rule.check().isEmpty()) {
                assertThat(RuleChecks.has(rule.check())).as("%s", rule).isTrue();
            }
            checks(rule.below());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_place_is_a_field_of_its_kind(String file) {
        catalog.kinds().stream()
                .filter(kind -> kind.groupResource().toString().equals(file))
                .filter(kind -> !file.startsWith("horizontalpodautoscalers")
                        || kind.version().equals("v2"))
                .forEach(kind -> {
                    places(RuleFiles.named(file), kind.schema(), kind.kind());
                    places(RuleFiles.create(file), kind.schema(), kind.kind());
                    places(RuleFiles.update(file), kind.schema(), kind.kind());
                });
    }

    private static void places(List<Rule> rules, TypeSchema schema, String where) {
        for (Rule rule : rules) {
            TypeSchema at = schema;
            for (Rule.Step step : rule.path()) {
                String name = step.field();
                TypeSchema next = name.isEmpty() ? at : at.fields().get(name);
                assertThat(next)
                        .as("%s has no %s of %s", where, name, rule.path())
                        .isNotNull();
                at = next;
                if (step.leads() == Rule.Leads.TO_ITEMS) {
                    at = at.items() == null ? at : at.items();
                } else if (step.leads() == Rule.Leads.TO_VALUES) {
                    at = at.values() == null ? at : at.values();
                }
            }
            if (ELSEWHERE.contains(rule.check())) {
                places(
                        RuleFiles.named(rule.words().get(0)),
                        at,
                        where + " " + rule.words().get(0));
            }
            places(rule.below(), at, where);
        }
    }

    @Test
    void ingresses() {
        assertThat(create("networking.k8s.io", "ingresses", "{'spec':{}}"))
                .containsExactly("spec: Invalid value: null: either `defaultBackend` or `rules` must be specified");
        assertThat(create(
                        "networking.k8s.io",
                        "ingresses",
                        "{'spec':{'rules':[{'host':'10.0.0.1','http':{'paths':[{'path':'x','pathType':'Prefix','backend':{'service':"
                                + "{'name':'s','port':{'name':'http','number':80}}}},{'path':'/a//b','pathType':'Exact','backend':{}},"
                                + "{'path':'/'}]}}]}}"))
                .containsExactly(
                        "spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address",
                        "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path",
                        "spec.rules[0].http.paths[0].backend: Invalid value: \"\": cannot set both port name & port number",
                        "spec.rules[0].http.paths[1].path: Invalid value: \"/a//b\": must not contain '//'",
                        "spec.rules[0].http.paths[1].backend: Invalid value: \"\": resource or service backend is required",
                        "spec.rules[0].http.paths[2].pathType: Required value: pathType must be specified");
    }

    @Test
    void network_policies() {
        assertThat(create(
                        "networking.k8s.io",
                        "networkpolicies",
                        "{'spec':{'podSelector':{'matchExpressions':[{'key':'a','operator':'In'}]},'ingress':[{'ports':[{'protocol':'ICMP'},"
                                + "{'port':'web','endPort':90},{'port':90,'endPort':80}],'from':[{},{'ipBlock':{'cidr':'10.0.0.0/8',"
                                + "'except':['11.0.0.0/16','nope']}}]}],'policyTypes':['Sideways']}}"))
                .containsExactly(
                        "spec.podSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                        "spec.ingress[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"TCP\", \"UDP\", \"SCTP\"",
                        "spec.ingress[0].ports[1].endPort: Invalid value: 90: may not be specified when `port` is non-numeric",
                        "spec.ingress[0].ports[2].endPort: Invalid value: 90: must be greater than or equal to `port`",
                        "spec.ingress[0].from[0]: Required value: must specify a peer",
                        "spec.ingress[0].from[1].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`",
                        "spec.ingress[0].from[1].ipBlock.except[1]: Invalid value: \"nope\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                        "spec.policyTypes[0]: Unsupported value: \"Sideways\": supported values: \"Ingress\", \"Egress\"");
    }

    @Test
    void budgets_autoscalers_quotas_and_limits() {
        assertThat(create("policy", "poddisruptionbudgets", "{'spec':{'minAvailable':'120%','maxUnavailable':-1}}"))
                .containsExactly(
                        "spec: Invalid value: {\"MinAvailable\":\"120%\",\"Selector\":null,\"MaxUnavailable\":-1,\"UnhealthyPodEvictionPolicy\":null}: minAvailable and maxUnavailable cannot be both set",
                        "spec.minAvailable: Invalid value: \"120%\": must not be greater than 100%",
                        "spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0");
        assertThat(create(
                        "autoscaling",
                        "horizontalpodautoscalers",
                        "{'spec':{'minReplicas':5,'maxReplicas':2,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment'},'metrics':[{'type':'Resource',"
                                + "'resource':{'name':'cpu','target':{'type':'Utilization'}}}]}}"))
                .containsExactly(
                        "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`",
                        "spec.scaleTargetRef.name: Required value",
                        "spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization");
        assertThat(create("", "resourcequotas", "{'spec':{'hard':{'pods':'1500m','gpu':'1','requests.cpu':'-1'}}}"))
                .containsExactlyInAnyOrder(
                        "spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
                        "spec.hard[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified",
                        "spec.hard[gpu]: Invalid value: \"gpu\": must be a standard resource for quota",
                        "spec.hard[requests.cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
        assertThat(create(
                        "",
                        "limitranges",
                        "{'spec':{'limits':[{'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'}}]}}"))
                .contains("spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1");
    }

    @Test
    void pods() {
        assertThat(create(
                        "",
                        "pods",
                        "{'spec':{'containers':[{'name':'c','image':'i','resources':{'limits':{'gpu':'1'}},'env':[{'name':'A','valueFrom':{}}],"
                                + "'livenessProbe':{'httpGet':{'path':'/','port':70000}}}],'affinity':{'podAntiAffinity':"
                                + "{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}},'topologySpreadConstraints':[{'maxSkew':0,"
                                + "'topologyKey':'zone','whenUnsatisfiable':'Perhaps'}],'volumes':[{'name':'v','hostPath':{'path':'/a/../b'}},"
                                + "{'name':'w','secret':{'defaultMode':999}}]}}"))
                .contains(
                        "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
                        "spec.volumes[1].secret.secretName: Required value",
                        "spec.volumes[1].secret.defaultMode: Invalid value: 999: must be a number between 0 and 0777 (octal), both inclusive",
                        "spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource for containers",
                        "spec.containers[0].livenessProbe.httpGet.port: Invalid value: 70000: must be between 1 and 65535, inclusive",
                        "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
                        "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                        "spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Perhaps\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"");
    }

    @Test
    void what_may_not_change() {
        assertThat(update(
                        "networking.k8s.io",
                        "ingressclasses",
                        "{'spec':{'controller':'a.b/c'}}",
                        "{'spec':{'controller':'a.b/d'}}"))
                .containsExactly("spec.controller: Invalid value: \"a.b/d\": field is immutable");
        assertThat(update("node.k8s.io", "runtimeclasses", "{'handler':'a'}", "{'handler':'b'}"))
                .containsExactly("handler: Invalid value: \"b\": field is immutable");
        assertThat(update(
                        "",
                        "resourcequotas",
                        "{'spec':{'scopes':['BestEffort']}}",
                        "{'spec':{'scopes':['Terminating']}}"))
                .containsExactly("spec.scopes: Invalid value: [\"Terminating\"]: field is immutable");
    }

    private List<String> create(String group, String resource, String json) {
        Kind kind = kind(group, resource);
        return said(validator.create(kind, object(kind, json)));
    }

    private List<String> update(String group, String resource, String before, String after) {
        Kind kind = kind(group, resource);
        return said(validator.update(kind, object(kind, after), object(kind, before), ""));
    }

    private Kind kind(String group, String resource) {
        return catalog.kinds().stream()
                .filter(kind -> kind.group().equals(group) && kind.resource().equals(resource))
                .filter(kind ->
                        !resource.startsWith("horizontal") || kind.version().equals("v2"))
                .findFirst()
                .orElseThrow();
    }

    private static KubeObject object(Kind kind, String json) {
        Map<String, Object> tree = JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        tree.put("metadata", Map.of("name", "x", "namespace", "d"));
        KubeObject object = KubeObject.of(Decoder.conform(kind, tree).tree());
        new Defaulter().apply(kind, object);
        return object;
    }

    private static List<String> said(List<Map<String, Object>> causes) {
        return causes.stream()
                .map(each -> each.get("field") + ": " + each.get("message"))
                .toList();
    }
}
