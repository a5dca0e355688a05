import PluginSDK
import PluginText

/// How much of what was found in a payload; never what it says.
struct DetectionReport {
    /// In the order of the first of each type; there are never many.
    private var counts: [(type: PIIType, count: Int)] = []
    /// Where the first one is.
    private(set) var firstPath = ""
    private let needsPath: Bool

    /// Starts a report, which keeps a path only where it is needed.
    init(needsPath: Bool) {
        self.needsPath = needsPath
    }

    var isEmpty: Bool { counts.isEmpty }

    /// Adds what was found in one text.
    mutating func add(_ spans: TextSpans<Finding>, at path: borrowing StringPath) {
        if needsPath, isEmpty { firstPath = path.text }
        for span in spans.resolved {
            let type = span.tag.type
            if let place = counts.firstIndex(where: { $0.type == type }) {
                counts[place].count += 1
            } else {
                counts.append((type, 1))
            }
        }
    }

    private var total: Int { counts.reduce(0) { $0 + $1.count } }

    private var types: [String] { counts.map(\.type.name).sorted() }

    /// What the result's metadata says.
    func metadata(_ stage: Stage, isMasked: Bool) -> JSONValue {
        [
            "total_detections": .int(Int64(total)),
            "total_masked": .int(isMasked ? Int64(total) : 0),
            "detection_types": .array(types.map { .string($0) }),
            "stage": .string(stage.rawValue),
        ]
    }

    /// A line of the log.
    func line(_ stage: Stage, isMasked: Bool) -> String {
        "\(stage.rawValue): \(isMasked ? "masked" : "blocked") \(total) (\(types.joined(separator: ", ")))"
    }

    /// Why a request is blocked.
    func violation(_ stage: Stage, field: String) -> PluginViolation {
        let (code, reason) = stage.violation
        return PluginViolation(
            reason: reason,
            description: "Sensitive data was found: \(types.joined(separator: ", "))",
            code: code,
            details: [
                "field": .string(field.isEmpty ? stage.field : field),
                "types": .array(types.map { .string($0) }),
                "count": .int(Int64(total)),
            ]
        )
    }
}
