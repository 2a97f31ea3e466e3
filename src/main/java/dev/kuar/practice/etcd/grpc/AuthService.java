package dev.kuar.practice.etcd.grpc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code etcdserverpb.Auth}, which is off as kubeadm leaves it: nobody has a name, the certificate decides. */
final class AuthService {
    private AuthService() {}

    static Map<String, Method> of(Heads heads) {
        Map<String, Method> methods = new HashMap<>();
        methods.put(
                "AuthStatus",
                new Method.Unary(request -> heads.answer().number(3, 1).toBytes()));
        for (String each : List.of("AuthDisable", "UserList", "RoleList")) {
            methods.put(each, new Method.Unary(request -> proposed(heads)));
        }
        methods.put("AuthEnable", refused("root user does not exist"));
        methods.put("Authenticate", refused("authentication is not enabled"));
        for (String each : List.of("UserGet", "UserDelete", "UserChangePassword", "UserGrantRole", "UserRevokeRole")) {
            methods.put(each, refused("user name not found"));
        }
        for (String each : List.of("RoleGet", "RoleDelete", "RoleGrantPermission", "RoleRevokePermission")) {
            methods.put(each, refused("role name not found"));
        }
        for (String each : List.of("UserAdd", "RoleAdd")) {
            methods.put(each, Refused.method(each + ": the etcd of a practice cluster has no users and roles"));
        }
        return methods;
    }

    private static byte[] proposed(Heads heads) {
        heads.etcd().propose();
        return heads.answer().toBytes();
    }

    private static Method refused(String why) {
        return Refused.method(GrpcStatus.FAILED_PRECONDITION, "etcdserver: " + why);
    }
}
