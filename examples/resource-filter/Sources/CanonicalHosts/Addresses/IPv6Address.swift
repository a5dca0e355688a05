/// An IPv6 address.
package struct IPv6Address: Sendable, Hashable {
    private let value: UInt128

    /// Reads an address without brackets and zone: `2001:db8::1`, `::ffff:127.0.0.1`.
    init(_ text: String) throws(URIProblem) {
        guard let groups = Self.groups(of: text) else { throw URIProblem("\(text) is no IPv6 address") }
        value = groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func groups(of text: String) -> [UInt16]? {
        guard let gap = text.indices.first(where: { text[$0...].hasPrefix("::") }) else {
            return list(text[...]).flatMap { $0.count == 8 ? $0 : nil }
        }
        guard let left = list(text[..<gap], mayEndDotted: false), let right = list(text[gap...].dropFirst(2)),
            left.count + right.count < 8
        else { return nil }
        return left + Array(repeating: 0, count: 8 - left.count - right.count) + right
    }

    /// Groups between single colons; the last two may be written as an IPv4 address.
    private static func list(_ text: Substring, mayEndDotted: Bool = true) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, let address = IPv4Address(dotted: part) {
                groups += [UInt16(address.value >> 16), UInt16(address.value & 0xFFFF)]
            } else {
                guard 1...4 ~= part.utf8.count, part.allSatisfy(\.isHexDigit), let group = UInt16(part, radix: 16)
                else {
                    return nil
                }
                groups.append(group)
            }
        }
        return groups
    }

    /// The IPv4 address that packets for this one are sent to, if it stands for one.
    var embeddedIPv4: IPv4Address? {
        let address = UInt32(truncatingIfNeeded: value)
        return switch value >> 32 {
        case 0xFFFF: IPv4Address(address)  // mapped, ::ffff:0:0/96
        case 0xFFFF_0000: IPv4Address(address)  // translated, ::ffff:0:0:0/96
        case 0x64_FF9B << 64: IPv4Address(address)  // behind NAT64, 64:ff9b::/96
        case 0 where address > 0xFF_FFFF: IPv4Address(address)  // compatible, ::/96, which has :: and ::1 as well
        default: nil
        }
    }
}

extension IPv6Address: CustomStringConvertible {
    /// The text of RFC 5952, without brackets: `2001:db8::1`.
    package var description: String {
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: value >> $0) }
        let texts = groups.map { String($0, radix: 16) }
        guard let zeros = Self.longestZeros(in: groups) else { return texts.joined(separator: ":") }
        return texts[..<zeros.lowerBound].joined(separator: ":") + "::"
            + texts[zeros.upperBound...].joined(separator: ":")
    }

    /// The first of the longest runs of at least two zeros.
    private static func longestZeros(in groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<1
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<(index + 1)
            }
        }
        return longest.count > 1 ? longest : nil
    }
}
