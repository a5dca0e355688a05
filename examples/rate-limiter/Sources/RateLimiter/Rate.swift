import PluginSDK

/// How often something may happen: on average so many times in a period, and so many times at once.
package struct Rate: Sendable, Hashable {
    /// How many times in a period.
    package let count: Int
    /// The period in nanoseconds.
    package let period: Int
    /// How many times at once: the size of a bucket.
    package let burst: Int

    /// The largest count and burst; with nanoseconds since the start, products stay far below 128 bits.
    private static let largest = 1_000_000_000

    private static let units: [String: Int] = [
        "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600,
        "d": 86_400, "day": 86_400,
    ]

    /// Reads a rate such as `60/m`.
    package init?(_ text: String, burst: Int? = nil) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), let seconds = Self.units[String(parts[1])] else {
            return nil
        }
        let burst = burst ?? count
        guard 1...Self.largest ~= count, 1...Self.largest ~= burst else { return nil }
        self.count = count
        self.period = seconds * 1_000_000_000
        self.burst = burst
    }
}

extension Rate: Decodable {
    private enum CodingKeys: String, CodingKey { case rate, burst }

    /// Reads `60/m`, or `{rate: 60/m, burst: 10}`.
    package init(from decoder: any Decoder) throws {
        var text: String
        var burst: Int?
        if let value = try? decoder.singleValueContainer().decode(String.self) {
            text = value
        } else {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            text = try values.decode(String.self, forKey: .rate)
            burst = try values.decodeIfPresent(Int.self, forKey: .burst)
        }
        guard let rate = Rate(text, burst: burst) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "\(JSONValue.string(text))\(burst.map { " with a burst of \($0)" } ?? "") is no rate; "
                        + "write 1 to \(Self.largest) times in a second, minute, hour or day, such as 60/m"
                )
            )
        }
        self = rate
    }
}
