package import PluginPayloads

/// What came of one reload.
package struct ReloadReport: Sendable, Equatable {
    /// Its number, from 1.
    package var sequence: Int
    /// How many requests to reload had been received when it began: it has done what all of these asked for.
    package var covers: Int
    /// Whether a new generation runs.
    package var isAccepted: Bool
    /// When it ended; RFC 3339, in UTC.
    package var at: String
    /// What is wrong; also of an accepted reload, if it left out a new file that is bad.
    package var errors: [String]

    package init(sequence: Int, covers: Int, isAccepted: Bool, at: String, errors: [String]) {
        self.sequence = sequence
        self.covers = covers
        self.isAccepted = isAccepted
        self.at = at
        self.errors = errors
    }

    package var object: JSONObject {
        [
            "sequence": .int(Int64(sequence)), "covers": .int(Int64(covers)), "ok": .bool(isAccepted),
            "at": .string(at), "errors": .array(errors.map(JSONValue.string)),
        ]
    }

    /// Reads a report as ``object`` writes it; `nil` for anything else.
    package init?(_ value: JSONValue) {
        guard let sequence = value["sequence"]?.int, let covers = value["covers"]?.int,
            let isAccepted = value["ok"]?.bool, let at = value["at"]?.string, let errors = value["errors"]?.array
        else { return nil }
        self.init(
            sequence: sequence,
            covers: covers,
            isAccepted: isAccepted,
            at: at,
            errors: errors.compactMap(\.string)
        )
    }
}
