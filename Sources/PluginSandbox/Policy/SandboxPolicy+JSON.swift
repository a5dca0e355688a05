package import PluginPayloads

extension SandboxPolicy {
    /// The whole policy, for the way to the worker.
    package var object: JSONObject {
        [
            "profile": .string(profile.rawValue), "allow_jit": .bool(allowJIT),
            "allow_read": .array(allowRead.map(JSONValue.string)), "memory": Self.number(memoryBytes),
            "address_space": Self.number(addressSpaceBytes), "stack": Self.number(stackBytes),
            "open_files": Self.number(openFiles),
            "cpu_seconds": Self.number(cpuSeconds), "on_violation": .string(onViolation.rawValue),
            "degrade": .bool(degrade),
            "user": ["uid": .int(Int64(user.uid)), "gid": .int(Int64(user.gid))],
        ]
    }

    /// Reads what ``object`` has written; `nil` if a part is missing or of another type.
    package init?(_ value: JSONValue) {
        guard let profile = value["profile"]?.string.flatMap(Profile.init), let allowJIT = value["allow_jit"]?.bool,
            let allowRead = value["allow_read"]?.array, let memoryBytes = Self.number(value["memory"]),
            let addressSpaceBytes = Self.number(value["address_space"]), let stackBytes = Self.number(value["stack"]),
            let openFiles = Self.number(value["open_files"]),
            let cpuSeconds = Self.number(value["cpu_seconds"]),
            let onViolation = value["on_violation"]?.string.flatMap(ViolationAction.init),
            let degrade = value["degrade"]?.bool, let user = value["user"],
            let uid = user["uid"]?.int.flatMap(UInt32.init(exactly:)),
            let gid = user["gid"]?.int.flatMap(UInt32.init(exactly:))
        else { return nil }
        self.init(profile)
        self.allowJIT = allowJIT
        self.allowRead = allowRead.compactMap(\.string)
        guard self.allowRead.count == allowRead.count else { return nil }
        self.memoryBytes = memoryBytes
        self.addressSpaceBytes = addressSpaceBytes
        self.stackBytes = stackBytes
        self.openFiles = openFiles
        self.cpuSeconds = cpuSeconds
        self.onViolation = onViolation
        self.degrade = degrade
        self.user = User(uid: uid, gid: gid)
    }

    private static func number(_ limit: UInt64) -> JSONValue {
        Int64(exactly: limit).map(JSONValue.int) ?? .number("\(limit)")
    }

    private static func number(_ value: JSONValue?) -> UInt64? {
        switch value {
        case .int(let number): UInt64(exactly: number)
        case .number(let text): UInt64(text)
        default: nil
        }
    }
}
