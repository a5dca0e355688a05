import Foundation
import Testing

@Suite("The threat model")
struct ThreatModelTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    private static func text(of page: String) throws -> String {
        try String(contentsOf: root.appending(path: page), encoding: .utf8)
    }

    private static func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }

    @Test("names tests that are there")
    func tests() throws {
        // What stands between two backquotes is every second part.
        let code = try Self.text(of: "Documentation/ThreatModel.md").split(separator: "`").enumerated()
        let tests = code.filter { $0.offset % 2 == 1 && $0.element.contains("Tests") }.map { String($0.element) }
        #expect(tests.count > 10)
        #expect(tests.filter { !Self.isThere("Tests/\($0)") && !Self.isThere("Tests/\($0).swift") } == [])
    }

    @Test("counts the deeds that each profile is tried with")
    func deeds() throws {
        let suite = try Self.text(of: "Tests/PluginSandboxTests/DeedTests.swift")
        let table = suite.components(separatedBy: "\"\"\"")[1]
        let count = table.split(separator: "\n").count { $0.contains { $0.isLetter } }
        #expect(try Self.text(of: "Documentation/ThreatModel.md").contains(" a table of \(count) deeds "))
    }

    @Test(
        "and the pages beside it lead to pages that are there",
        arguments: ["README.md", "Documentation/Isolation.md", "Documentation/ThreatModel.md"]
    )
    func links(page: String) throws {
        let folder = page.contains("/") ? "Documentation/" : ""
        let targets = try Self.text(of: page).components(separatedBy: "](").dropFirst().map { rest in
            String(rest.prefix { $0 != ")" })
        }
        #expect(!targets.isEmpty)
        #expect(targets.filter { !$0.hasPrefix("http") && !Self.isThere(folder + $0) } == [])
    }
}
