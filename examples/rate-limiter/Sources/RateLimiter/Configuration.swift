import PluginSDK

extension RateLimiter {
    /// Which rates there are.
    public struct Configuration: Decodable, Sendable {
        let byUser: Rate?
        let byTenant: Rate?
        let byTool: ToolRates
        /// How many buckets each table keeps.
        let maxBuckets: Int

        private enum CodingKeys: String, CodingKey {
            case byUser = "by_user"
            case byTenant = "by_tenant"
            case byTool = "by_tool"
            case maxBuckets = "max_buckets"
        }

        /// Reads the configuration; without any rate, nothing is limited.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            byUser = try values.decodeIfPresent(Rate.self, forKey: .byUser)
            byTenant = try values.decodeIfPresent(Rate.self, forKey: .byTenant)
            byTool = try values.decodeIfPresent(ToolRates.self, forKey: .byTool) ?? .named([:])
            maxBuckets = try values.decodeIfPresent(Int.self, forKey: .maxBuckets) ?? 10_000
            guard 1...10_000_000 ~= maxBuckets else {
                throw ConfigurationProblem(at: "/max_buckets", "\(maxBuckets) is not between 1 and 10000000")
            }
        }
    }
}

/// The rates of tools: one for each tool, or some by their names.
enum ToolRates: Decodable, Sendable {
    case each(Rate)
    case named([String: Rate])

    private enum CodingKeys: String, CodingKey { case rate }

    init(from decoder: any Decoder) throws {
        // Only a rate has a text called `rate` that is none itself; a tool of that name has a rate there.
        let isText = (try? decoder.singleValueContainer().decode(String.self)) != nil
        let object = isText ? nil : try decoder.container(keyedBy: ToolName.self)
        if let object, !object.allKeys.contains(where: { $0.stringValue == "rate" }) {
            var rates: [String: Rate] = [:]
            for name in object.allKeys { rates[name.stringValue] = try object.decode(Rate.self, forKey: name) }
            self = .named(rates)
        } else {
            self = .each(try Rate(from: decoder))
        }
    }

    subscript(tool: String) -> Rate? {
        switch self {
        case .each(let rate): rate
        case .named(let rates): rates[tool]
        }
    }
}

private struct ToolName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
