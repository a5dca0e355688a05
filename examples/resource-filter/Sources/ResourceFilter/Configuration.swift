import CanonicalHosts
import PluginSDK

extension ResourceFilter {
    /// What is let through, and what is replaced.
    public struct Configuration: Decodable, Sendable {
        struct ContentFilter: Decodable {
            var pattern: String
            var replacement: String?
        }

        /// How many bytes of UTF-8 the texts of a resource may have together.
        var maxContentSize: Int
        var allowedProtocols: [String]
        var blockedDomains: [String]
        var contentFilters: [ContentFilter]

        private enum CodingKeys: String, CodingKey {
            case maxContentSize = "max_content_size"
            case allowedProtocols = "allowed_protocols"
            case blockedDomains = "blocked_domains"
            case contentFilters = "content_filters"
        }

        /// Reads the configuration; every key has a default.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            maxContentSize = try values.decodeIfPresent(Int.self, forKey: .maxContentSize) ?? 1_048_576
            let protocols = try values.decodeIfPresent([String].self, forKey: .allowedProtocols)
            allowedProtocols = protocols ?? ["file", "http", "https"]
            blockedDomains = try values.decodeIfPresent([String].self, forKey: .blockedDomains) ?? []
            contentFilters = try values.decodeIfPresent([ContentFilter].self, forKey: .contentFilters) ?? []
        }
    }
}

extension ResourceFilter.Configuration {
    func checkedSize() throws(ConfigurationProblem) -> Int {
        guard maxContentSize >= 0 else {
            throw ConfigurationProblem(at: "/max_content_size", "\(maxContentSize) is negative; give a number of bytes")
        }
        return maxContentSize
    }

    func checkedProtocols() throws(ConfigurationProblem) -> [String] {
        for (index, name) in allowedProtocols.enumerated() where !ResourceURI.isScheme(name) {
            throw ConfigurationProblem(
                at: "/allowed_protocols/\(index)",
                "\"\(name)\" is no protocol; write its name alone, such as https"
            )
        }
        return allowedProtocols.map { $0.lowercased() }
    }

    func checkedHosts() throws(ConfigurationProblem) -> BlockedHosts {
        var hosts = BlockedHosts()
        for (index, domain) in blockedDomains.enumerated() {
            do throws(URIProblem) {
                try hosts.insert(domain)
            } catch {
                throw ConfigurationProblem(at: "/blocked_domains/\(index)", "\"\(domain)\" is no domain: \(error)")
            }
        }
        return hosts
    }
}
