import TestSupport

/// Builds of the version plugin, which differ in the digits that its answers show.
struct VersionedBuild {
    private static let mark = Array("version-plugin-0000000000".utf8)

    private let template: [UInt8]
    private let digits: Range<Int>

    /// Takes a build, and finds its digits.
    init(template: [UInt8]) throws {
        let starts = template.indices.dropLast(Self.mark.count).filter { start in
            template[start] == Self.mark[0] && template[start..<(start + Self.mark.count)].elementsEqual(Self.mark)
        }
        guard starts.count == 1, let start = starts.first else {
            throw SetupFailure("the plugin holds \(starts.count) texts to patch; there has to be one")
        }
        self.template = template
        digits = (start + Self.mark.count - 10)..<(start + Self.mark.count)
    }

    /// The size of each build.
    var size: Int { template.count }

    /// What a build's answers show.
    func version(_ number: Int) -> String { "version-plugin-\(Self.padded(number))" }

    /// A build's file.
    func bytes(_ number: Int) -> [UInt8] {
        var bytes = template
        bytes.replaceSubrange(digits, with: Self.padded(number).utf8)
        return bytes
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: 10 - text.count) + text
    }
}
