import PluginPayloads

/// Finds the keys of a configuration that its type never asks for, such as misspelled ones.
///
/// It decodes the type once more through decoders that write down which keys are asked for. (The plugin gets what was
/// decoded without them: they hide the block's decoder, which alone keeps the text of numbers.)
enum UnknownKeys {
    static func problems<Value: Decodable>(
        decoding type: Value.Type,
        from block: PayloadBlock
    ) -> [ConfigurationProblem] {
        guard let decoder = try? block.decode(Wrapped.self).decoder else { return [] }
        let watch = KeyWatch()
        guard (try? Value(from: WatchedDecoder(base: decoder, watch: watch))) != nil else { return [] }
        return watch.problems
    }

    /// Hands out the decoder.
    private struct Wrapped: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) {
            self.decoder = decoder
        }
    }
}

/// Which keys the objects of a configuration have, and which of them were asked for.
final class KeyWatch {
    private struct Object {
        let path: [any CodingKey]
        let keys: [String]
        var known: [String] = []
    }

    /// The objects by their place.
    private var places: [String: Int] = [:]
    private var objects: [Object] = []

    /// The object at a path, by a number; the same one however often a type opens it.
    func object(at path: [any CodingKey], keys: [String]) -> Int {
        let place = CodingProblem(at: path, "").pointer
        if let object = places[place] { return object }
        places[place] = objects.count
        objects.append(Object(path: path, keys: keys))
        return objects.count - 1
    }

    func ask(for key: String, of object: Int) {
        if !objects[object].known.contains(key) { objects[object].known.append(key) }
    }

    /// A type that looks at all keys, as a dictionary does, knows them all.
    func askForAll(of object: Int) {
        for key in objects[object].keys { ask(for: key, of: object) }
    }

    var problems: [ConfigurationProblem] {
        objects.flatMap { object in
            object.keys.filter { !object.known.contains($0) }.map { key in
                let hint = object.known.isEmpty ? "there are none" : "there are " + object.known.joined(separator: ", ")
                let problem = CodingProblem(at: object.path + [AnyKey(key)], "unknown key; \(hint)")
                return ConfigurationProblem(problem)
            }
        }
    }
}

/// A key that no type declares.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ text: String) {
        stringValue = text
        intValue = nil
    }

    init(stringValue: String) { self.init(stringValue) }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}

extension CodingProblem {
    init(at path: [any CodingKey], _ message: String) {
        self.init(DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: message)))
    }
}
