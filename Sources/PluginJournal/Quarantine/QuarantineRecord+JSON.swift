package import PluginPayloads

extension QuarantineRecord {
    private static let version = 1

    /// The record as its file and programs have it, in the order of the digests.
    package var object: JSONObject {
        let files = entries.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.object($0.value.object)) }
        return ["version": .int(Int64(Self.version)), "plugins": .object(JSONObject(files))]
    }

    /// What the file holds.
    var text: String { object.description + "\n" }

    /// Reads a record.
    ///
    /// - Returns: The record of what makes sense, and what of the text does not.
    static func reading(_ text: String) -> (record: QuarantineRecord, problem: String?) {
        guard let object = try? JSONValue(json: text).object else {
            return (QuarantineRecord(), "it is no JSON object")
        }
        guard object["version"]?.int == version, let files = object["plugins"]?.object else {
            return (QuarantineRecord(), "it is of another version of Hookgate")
        }
        var entries: [String: Entry] = [:]
        var bad = 0
        for (digest, value) in files {
            guard Digest.isDigest(digest), let entry = Entry(value) else {
                bad += 1
                continue
            }
            entries[digest] = entry
        }
        return (QuarantineRecord(entries), bad == 0 ? nil : "\(bad) of its \(files.count) entries make no sense")
    }
}

extension QuarantineRecord.Entry {
    fileprivate var object: JSONObject {
        [
            "name": .string(names.first ?? ""), "quarantined": quarantined.map { .string($0.description) } ?? .null,
            "crashes": .array(crashes.map { .object($0.object) }),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let crashes = value["crashes"]?.array, !crashes.isEmpty, let quarantined = value["quarantined"] else {
            return nil
        }
        let read = crashes.compactMap(QuarantineRecord.Crash.init)
        let since = quarantined.string.flatMap(WallTime.init)
        guard read.count == crashes.count, quarantined.isNull || since != nil else { return nil }
        self.init(crashes: read, quarantined: since)
    }
}

extension QuarantineRecord.Crash {
    fileprivate var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "time": .string(time.description), "name": .string(name), "hook": text(activity),
            "request_id": text(requestID), "signal": text(signal?.name),
            "address": text(address.map { "0x" + String($0, radix: 16) }),
            // In millionths: a number that any reader gets exactly.
            "weight": .double((weight * 1_000_000).rounded() / 1_000_000),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let time = value["time"]?.string.flatMap(WallTime.init), let name = value["name"]?.string, !name.isEmpty,
            let weight = value["weight"]?.double, weight > 0, weight <= 1
        else { return nil }
        let address = value["address"]?.string
        self.init(
            time: time,
            name: name,
            activity: value["hook"]?.string,
            requestID: value["request_id"]?.string,
            signal: value["signal"]?.string.flatMap(FatalSignal.init(named:)),
            address: address.flatMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : nil },
            weight: weight
        )
    }
}
