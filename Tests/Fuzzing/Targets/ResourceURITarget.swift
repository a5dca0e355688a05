import CanonicalHosts

extension FuzzTarget {
    /// A resource's URI: whatever host any reading of it leads to can be blocked, and then is.
    package static let resourceURI = FuzzTarget("resource-uri") { input in
        let uri: ResourceURI
        do throws(URIProblem) { uri = try ResourceURI(String(decoding: input, as: UTF8.self)) } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        try demand(ResourceURI.isScheme(uri.scheme), "\(uri.scheme) is a scheme")
        var hosts: Set<Host> = []
        for reading in URIReading.allCases {
            if let host = try? uri.host(as: reading) { hosts.insert(host) }
        }
        for host in hosts {
            var blocked = BlockedHosts()
            do throws(URIProblem) { try blocked.insert(host.description) } catch { continue }
            let found = Result { () throws(URIProblem) in try blocked.host(blocking: uri) }
            if case .success(nil) = found { throw BrokenInvariant("\(host) is blocked, but the URI passes") }
        }
        return .accepted
    }
}
