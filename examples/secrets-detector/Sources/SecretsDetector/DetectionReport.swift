import PluginSDK

/// How many secrets of which kinds a payload has; never what they are.
struct DetectionReport {
    private var counts: [String: Int] = [:]

    mutating func add(_ findings: [Finding]) {
        for finding in findings { counts[finding.kind.name, default: 0] += 1 }
    }

    var total: Int { counts.values.reduce(0, +) }

    private var kinds: JSONValue {
        .object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) }))
    }

    /// What the result's metadata says.
    func metadata(isRedacted: Bool) -> JSONObject {
        [
            "secrets_detector": [
                "findings": .int(Int64(total)), "kinds": kinds, "redacted": .bool(isRedacted),
            ]
        ]
    }

    /// Why a request is blocked.
    func violation(in place: String) -> PluginViolation {
        PluginViolation(
            reason: "Secrets detected in \(place)",
            description: "Credentials were found: \(counts.keys.sorted().joined(separator: ", "))",
            code: "SECRETS_DETECTED",
            details: ["count": .int(Int64(total)), "kinds": kinds],
            httpStatusCode: 422
        )
    }
}
