/// The hints for words that a signature does not know.
enum SignatureHint {
    static let results = "a result is void, deny or replace PATH"

    static func result(insteadOf word: String) -> String {
        suggestion(nearestName(to: word, among: ["void", "deny", "replace"])) + results
    }

    static func type(insteadOf word: String, allowsCall: Bool) -> String {
        let types = FunctionSignature.FieldType.allCases.map(\.rawValue)
        let parameters = allowsCall ? types + ["call"] : types
        let nearest = otherNames[word.lowercased()]?.rawValue ?? nearestName(to: word, among: parameters)
        let list = parameters.dropLast().joined(separator: ", ") + " and " + (parameters.last ?? "")
        return suggestion(nearest) + (allowsCall ? "the parameters are " : "the types are ") + list
    }

    /// What other languages call the types.
    private static let otherNames: [String: FunctionSignature.FieldType] = [
        "string": .str, "text": .str, "char": .cstr, "cstring": .cstr,
        "int": .i64, "int64": .i64, "int64_t": .i64, "integer": .i64, "long": .i64, "i32": .i64, "u64": .i64,
        "double": .f64, "float": .f64, "f32": .f64, "number": .f64, "boolean": .bool,
    ]

    private static func suggestion(_ name: String?) -> String {
        name.map { "did you mean \"\($0)\"? " } ?? ""
    }

    /// The name that differs least from the word, if at most half of its letters do.
    private static func nearestName(to word: String, among names: [String]) -> String? {
        let distances = names.map { (name: $0, distance: editDistance(Array(word.utf8), Array($0.utf8))) }
        let nearest = distances.min { $0.distance < $1.distance }
        return nearest.flatMap { $0.distance <= $0.name.utf8.count / 2 ? $0.name : nil }
    }

    /// How many letters must be put in, taken out or changed to get from one word to the other.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let changed = letter == other ? diagonal : diagonal + 1
                diagonal = row[j + 1]
                row[j + 1] = min(changed, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
