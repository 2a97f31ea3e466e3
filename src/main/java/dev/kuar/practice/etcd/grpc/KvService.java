package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Answer;
import dev.kuar.practice.etcd.Messages;
import dev.kuar.practice.etcd.Request;
import java.util.Map;

/** {@code etcdserverpb.KV}. */
final class KvService {
    private final Heads heads;

    private KvService(Heads heads) {
        this.heads = heads;
    }

    static Map<String, Method> of(Heads heads) {
        KvService kv = new KvService(heads);
        return Map.of(
                "Range", new Method.Unary(fields -> kv.ask(Requests.range(fields))),
                "Put", new Method.Unary(fields -> kv.ask(Requests.put(fields))),
                "DeleteRange", new Method.Unary(fields -> kv.ask(Requests.delete(fields))),
                "Txn", new Method.Unary(fields -> kv.ask(Requests.transaction(fields))),
                "Compact", new Method.Unary(kv::compact));
    }

    private byte[] ask(Request request) {
        Answer answer = heads.etcd().ask(request);
        return Messages.answer(answer, heads.head(answer.revision()));
    }

    private byte[] compact(Fields request) {
        heads.etcd().compact(request.number(1));
        return heads.answer().toBytes();
    }
}
