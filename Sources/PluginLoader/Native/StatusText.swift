import CHookgate

/// Status codes as messages write them.
enum StatusText {
    static func of(_ status: hg_status) -> String {
        let names: [Int: String] = [
            HG_E_FAILED: "HG_E_FAILED", HG_E_ARGUMENT: "HG_E_ARGUMENT", HG_E_MEMORY: "HG_E_MEMORY",
            HG_E_STATE: "HG_E_STATE", HG_E_LATE: "HG_E_LATE", HG_E_TYPE: "HG_E_TYPE", HG_E_MISSING: "HG_E_MISSING",
            HG_E_LIMIT: "HG_E_LIMIT", HG_E_UNSUPPORTED: "HG_E_UNSUPPORTED", HG_E_FORBIDDEN: "HG_E_FORBIDDEN",
            HG_PENDING: "HG_PENDING",
        ]
        return names[Int(status)].map { "\(status) (\($0))" } ?? "\(status), which is no status of the interface"
    }
}
