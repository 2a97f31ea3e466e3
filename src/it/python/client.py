"""What the official Python client does against a practice cluster: list, watch, exec, the dynamic client, errors.

Run as: client.py KUBECONFIG. Prints a line a check and exits 1 at the first that fails.
"""
import json
import sys
import threading
import time

from kubernetes import client, config, dynamic, watch
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

config.load_kube_config(config_file=sys.argv[1])
core = client.CoreV1Api()
apps = client.AppsV1Api()
NAMESPACE = 'python-client'


def check(what, holds):
    print(('ok   ' if holds else 'FAIL ') + what, flush=True)
    if not holds:
        sys.exit(1)


def wait_for(what, holds, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return check(what, True)
        time.sleep(0.2)
    check(what, False)


check('nodes are listed', [n.metadata.name for n in core.list_node().items] != [])
check('the version is read', client.VersionApi().get_code().git_version.startswith('v1.'))
core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))

seen = []


def follow():
    for event in watch.Watch().stream(core.list_namespaced_config_map, NAMESPACE, timeout_seconds=20):
        if event['object'].metadata.name == 'watched':
            seen.append(event['type'])
            if event['type'] == 'DELETED':
                return


thread = threading.Thread(target=follow)
thread.start()
time.sleep(0.5)
core.create_namespaced_config_map(NAMESPACE, client.V1ConfigMap(
    metadata=client.V1ObjectMeta(name='watched'), data={'a': '1'}))
core.patch_namespaced_config_map('watched', NAMESPACE, {'data': {'a': '2'}})
check('a patch is read back', core.read_namespaced_config_map('watched', NAMESPACE).data == {'a': '2'})
core.delete_namespaced_config_map('watched', NAMESPACE)
thread.join()
check('a watch sees it come, change and go', seen == ['ADDED', 'MODIFIED', 'DELETED'])

for page_size in (1, 2):
    names, token = [], None
    while True:
        page = core.list_namespaced_service('kube-system', limit=page_size, _continue=token)
        names += [s.metadata.name for s in page.items]
        token = page.metadata._continue
        if not token:
            break
    check(f'pages of {page_size} make the whole', names == [
        s.metadata.name for s in core.list_namespaced_service('kube-system').items])

apps.create_namespaced_deployment(NAMESPACE, client.V1Deployment(
    metadata=client.V1ObjectMeta(name='web'),
    spec=client.V1DeploymentSpec(
        replicas=2,
        selector=client.V1LabelSelector(match_labels={'app': 'web'}),
        template=client.V1PodTemplateSpec(
            metadata=client.V1ObjectMeta(labels={'app': 'web'}),
            spec=client.V1PodSpec(containers=[client.V1Container(
                name='main', image='busybox', command=['sh', '-c', 'echo up; sleep 3600'])])))))
wait_for('a deployment becomes available',
         lambda: apps.read_namespaced_deployment_status('web', NAMESPACE).status.available_replicas == 2)
pod = core.list_namespaced_pod(NAMESPACE, label_selector='app=web').items[0].metadata.name
check('a log is read', core.read_namespaced_pod_log(pod, NAMESPACE) == 'up\n')
check('a command is run', stream(core.connect_get_namespaced_pod_exec, pod, NAMESPACE, command=['echo', 'hello'],
                                 stdout=True, stderr=True, stdin=False, tty=False) == 'hello\n')
shell = stream(core.connect_get_namespaced_pod_exec, pod, NAMESPACE, command=['sh'], stdin=True, stdout=True,
               stderr=True, tty=False, _preload_content=False)
shell.write_stdin('echo one; echo two >&2; exit 3\n')
shell.run_forever(timeout=20)
check('a shell is talked to', (shell.read_stdout(), shell.read_stderr()) == ('one\n', 'two\n'))
check('its exit code arrives', shell.returncode == 3)
apps.patch_namespaced_deployment_scale('web', NAMESPACE, {'spec': {'replicas': 1}})
wait_for('it is scaled', lambda: len(core.list_namespaced_pod(NAMESPACE, label_selector='app=web').items) == 1)

try:
    core.read_namespaced_pod('absent', NAMESPACE)
    check('a missing pod is a 404', False)
except ApiException as e:
    check('a missing pod is a 404', e.status == 404 and 'pods \\"absent\\" not found' in e.body)

crd = {
    'apiVersion': 'apiextensions.k8s.io/v1', 'kind': 'CustomResourceDefinition',
    'metadata': {'name': 'tunes.example.com'},
    'spec': {'group': 'example.com', 'scope': 'Namespaced',
             'names': {'plural': 'tunes', 'singular': 'tune', 'kind': 'Tune', 'listKind': 'TuneList'},
             'versions': [{'name': 'v1', 'served': True, 'storage': True, 'schema': {'openAPIV3Schema': {
                 'type': 'object', 'properties': {'spec': {'type': 'object', 'properties': {
                     'speed': {'type': 'integer', 'default': 3}}}}}}}]}}
api = client.ApiextensionsV1Api()
api.create_custom_resource_definition(crd)
wait_for('a definition is established', lambda: any(
    c.type == 'Established' and c.status == 'True'
    for c in api.read_custom_resource_definition('tunes.example.com').status.conditions or []))
tunes = dynamic.DynamicClient(client.ApiClient()).resources.get(api_version='example.com/v1', kind='Tune')
made = tunes.create(namespace=NAMESPACE, body={
    'apiVersion': 'example.com/v1', 'kind': 'Tune', 'metadata': {'name': 'a'}, 'spec': {}})
check('the dynamic client makes a custom resource, defaults included', made.spec.speed == 3)
check('and lists it', [t.metadata.name for t in tunes.get(namespace=NAMESPACE).items] == ['a'])
tunes.server_side_apply(namespace=NAMESPACE, name='a', field_manager='python', force_conflicts=True, body=json.dumps({
    'apiVersion': 'example.com/v1', 'kind': 'Tune', 'metadata': {'name': 'a'}, 'spec': {'speed': 5}}))
check('and applies it', tunes.get(name='a', namespace=NAMESPACE).spec.speed == 5)
api.delete_custom_resource_definition('tunes.example.com')
core.delete_namespace(NAMESPACE)


def gone():
    try:
        core.read_namespace(NAMESPACE)
        return False
    except ApiException as e:
        return e.status == 404


wait_for('the namespace goes with all that is in it', gone)
