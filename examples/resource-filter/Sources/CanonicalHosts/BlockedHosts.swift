/// Hosts that no URI may lead to.
package struct BlockedHosts: Sendable {
    private var hosts: Set<Host> = []

    /// Blocks nothing.
    package init() {}

    /// Blocks a host.
    ///
    /// - Parameter entry: A domain, which stands for its subdomains as well, also as `*.evil.com`; or an IP address. A
    ///   port is dropped: the whole host is blocked.
    /// - Throws: ``URIProblem`` if it is no host, or not the same one for all clients.
    package mutating func insert(_ entry: String) throws(URIProblem) {
        let readings = try URIReading.allCases.map { reading throws(URIProblem) in try Self.host(entry, as: reading) }
        guard let host = readings.first, readings.allSatisfy({ $0 == host }) else {
            throw .ambiguous(readings)
        }
        hosts.insert(host)
    }

    private static func host(_ entry: String, as reading: URIReading) throws(URIProblem) -> Host {
        var name = entry[...]
        if name.hasPrefix("*.") { name = name.dropFirst(2) }
        let isBareIPv6 = !name.hasPrefix("[") && name.count { $0 == ":" } > 1
        let authority = Array((isBareIPv6 ? "[\(name)]" : String(name)).utf8)
        guard !authority.contains(where: { "/\\?#@".utf8.contains($0) }) else {
            throw URIProblem("it is more than a host; write that alone, such as evil.com or 127.0.0.1")
        }
        return try Host(Authority(authority[...], as: reading).host, as: reading)
    }

    /// The blocked host that a URI leads to in any reading, or `nil` if it leads to none.
    ///
    /// - Parameter uri: The URI.
    /// - Returns: The host of the URI, which may be a subdomain of the entry.
    /// - Throws: ``URIProblem`` if a reading fails, or leads to another host than the others.
    package func host(blocking uri: ResourceURI) throws(URIProblem) -> Host? {
        var readings: [Host?] = []
        var problem: URIProblem?
        for reading in URIReading.allCases {
            do throws(URIProblem) {
                let host = try uri.host(as: reading)
                if let host, contains(host) { return host }
                readings.append(host)
            } catch {
                problem = problem ?? error
            }
        }
        if let problem { throw problem }
        guard Set(readings).count == 1 else { throw .ambiguous(readings) }
        return nil
    }

    private func contains(_ host: Host) -> Bool {
        guard case .domain(let name) = host else { return hosts.contains(host) }
        var parent = name[...]
        while !hosts.contains(.domain(String(parent))) {
            guard let dot = parent.firstIndex(of: ".") else { return false }
            parent = parent[parent.index(after: dot)...]
        }
        return true
    }
}

extension URIProblem {
    fileprivate static func ambiguous(_ readings: [Host?]) -> URIProblem {
        let hosts = readings.map { $0?.description ?? "no host" }.joined(separator: ", others ")
        return URIProblem("some clients read \(hosts); write the one that is meant")
    }
}
