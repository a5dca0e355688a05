import PluginSDK

/// How long the texts of an answer are, in Unicode scalars.
struct OutputLengths {
    private var original = 0
    private var new = 0
    /// Of the longest text above the limit.
    private var longest: Int?
    /// Of the shortest text below the limit.
    private var shortest: Int?

    mutating func add(_ text: String, shortenedTo shortened: String?, min: Int) {
        let length = text.unicodeScalars.count
        original += length
        new += shortened?.unicodeScalars.count ?? length
        if shortened != nil { longest = Swift.max(longest ?? length, length) }
        if length < min { shortest = Swift.min(shortest ?? length, length) }
    }

    /// Whether all texts are within the limits.
    var areRight: Bool { longest == nil && shortest == nil }

    /// What the result's metadata says; the lengths are those of all texts together.
    var metadata: JSONObject {
        [
            "output_length_guard": [
                "truncated": .bool(longest != nil), "too_short": .bool(shortest != nil),
                "original_length": .int(Int64(original)), "new_length": .int(Int64(new)),
            ]
        ]
    }

    /// Why an answer is blocked: a text that is too long counts more than one that is too short.
    func violation(min: Int, max: Int?) -> PluginViolation {
        if let longest, let max {
            return PluginViolation(
                reason: "Output too long",
                description: "A text has \(longest) characters, more than \(max)",
                code: "OUTPUT_TOO_LONG",
                details: ["length": .int(Int64(longest)), "max_chars": .int(Int64(max))],
                httpStatusCode: 422
            )
        }
        let length = shortest ?? 0
        return PluginViolation(
            reason: "Output too short",
            description: "A text has \(length) characters, less than \(min)",
            code: "OUTPUT_TOO_SHORT",
            details: ["length": .int(Int64(length)), "min_chars": .int(Int64(min))],
            httpStatusCode: 422
        )
    }
}
