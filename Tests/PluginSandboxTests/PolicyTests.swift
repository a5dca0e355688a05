import Glibc
import PluginPayloads
import PluginSandbox
import Testing

@Suite("A policy")
struct PolicyTests {
    private static let unusual: SandboxPolicy = {
        var policy = SandboxPolicy(.strict)
        policy.allowJIT = true
        policy.allowRead = ["/opt/models", ""]
        policy.memoryBytes = .max
        policy.addressSpaceBytes = 1
        policy.stackBytes = 0
        policy.openFiles = 1
        policy.cpuSeconds = 3_600
        policy.onViolation = .kill
        policy.degrade = true
        policy.user = SandboxPolicy.User(uid: .max, gid: 0)
        return policy
    }()

    @Test("travels as JSON without loss", arguments: [SandboxPolicy(), SandboxPolicy(.none), .probe, unusual])
    func travels(policy: SandboxPolicy) throws {
        let text = JSONValue.object(policy.object).description
        #expect(SandboxPolicy(try PayloadBlock(json: Array(text.utf8)).value) == policy)
    }

    @Test("has the defaults of the manual")
    func defaults() {
        let expected: JSONObject = [
            "profile": "default", "allow_jit": false, "allow_read": [], "memory": 268_435_456,
            "address_space": 0, "stack": 1_048_576,
            "open_files": 64, "cpu_seconds": 0, "on_violation": "errno", "degrade": false,
            "user": ["uid": 65_534, "gid": 65_534],
        ]
        #expect(SandboxPolicy().object == expected)
    }

    @Test("is read strictly", arguments: SandboxPolicy().object.map(\.key))
    func isStrict(key: String) {
        var missing = SandboxPolicy().object
        missing[key] = nil
        #expect(SandboxPolicy(.object(missing)) == nil)
        var wrong = SandboxPolicy().object
        wrong[key] = ["x": [1]]
        #expect(SandboxPolicy(.object(wrong)) == nil)
    }

    @Test(
        "finds its user",
        arguments: [
            ("root", SandboxPolicy.User(uid: 0, gid: 0)), ("0", SandboxPolicy.User(uid: 0, gid: 0)),
            ("12:34", SandboxPolicy.User(uid: 12, gid: 34)),
            ("4000000001", SandboxPolicy.User(uid: 4_000_000_001, gid: 4_000_000_001)),
            ("no such user", nil), ("1:", nil), (":1", nil), ("1:2:3", nil), ("", nil),
        ] as [(String, SandboxPolicy.User?)]
    )
    func user(name: String, user: SandboxPolicy.User?) {
        #expect(SandboxPolicy.User(named: name) == user)
    }
}
