/// A host in its one canonical form: two spellings of one host are equal.
package enum Host: Sendable, Hashable, CustomStringConvertible {
    /// A name for the DNS: in lower case, with `xn--` labels, and without a dot at its end.
    case domain(String)
    /// An IPv4 address, also one that an IPv6 address stands for.
    case ipv4(IPv4Address)
    /// Any other IPv6 address, without its zone.
    case ipv6(IPv6Address)

    /// The canonical spelling.
    package var description: String {
        switch self {
        case .domain(let name): name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}

extension Host {
    /// Reads a host as it stands in a URI.
    init(_ text: some Collection<UInt8>, as reading: URIReading) throws(URIProblem) {
        // No host that can be looked up comes close, and what follows need not bound its work.
        guard text.count <= 2048 else { throw URIProblem("the host is too long") }
        if text.first == UInt8(ascii: "[") {
            self = try Self.bracketed(text)
        } else {
            self = try Self.named(text, as: reading)
        }
    }

    private static func bracketed(_ text: some Collection<UInt8>) throws(URIProblem) -> Host {
        // What follows a % is the zone: the interface through which the address is reached, and no part of it.
        let address = text.dropFirst().prefix { $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "%") }
        let ipv6 = try IPv6Address(String(decoding: address, as: UTF8.self))
        return ipv6.embeddedIPv4.map(Host.ipv4) ?? .ipv6(ipv6)
    }

    private static func named(_ text: some Collection<UInt8>, as reading: URIReading) throws(URIProblem) -> Host {
        guard let decoded = String(validating: PercentEncoding.decoded(text), as: UTF8.self) else {
            throw URIProblem("the host is no UTF-8 once its percent signs are decoded")
        }
        let name = try DomainName(decoded, as: reading)
        if let address = try IPv4Address(labels: name.labels, as: reading) { return .ipv4(address) }
        return .domain(name.text)
    }
}
