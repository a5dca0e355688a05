import Foundation
import Testing

/// A page of the hook reference.
struct Page {
    /// What stands below one heading.
    struct Section {
        let lines: [Substring]

        /// The cells of the table's rows, without its head.
        var rows: [[String]] {
            lines.filter { $0.hasPrefix("|") }.dropFirst(2).map { line in
                line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
        }

        /// The lines of the only block of code in a language.
        func code(_ language: String) throws -> String {
            let parts = lines.split(separator: "```\(language)", omittingEmptySubsequences: false)
            try #require(parts.count == 2, "a page has one example in \(language)")
            return parts[1].prefix { $0 != "```" }.joined(separator: "\n")
        }

        /// The text that follows a word in bold, up to the end of its paragraph.
        func statement(_ word: String) throws -> String {
            let beginning = "**\(word):** "
            let first = try #require(lines.firstIndex { $0.hasPrefix(beginning) }, "a page says \(beginning)")
            return String(lines[first...].prefix { !$0.isEmpty }.joined(separator: " ").dropFirst(beginning.count))
        }
    }

    static let folder: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return "\(root)/PluginSDK/Sources/PluginSDK/Documentation.docc/Hooks"
    }()

    /// The names of all pages.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).map { file in
            let name = try #require(file.hasSuffix(".md") ? file.dropLast(3) : nil, "\(file) is no page")
            return String(name)
        }
    }

    let title: String
    private let sections: [String: Section]

    /// Reads a page.
    init(_ name: String) throws {
        let text = try String(contentsOfFile: "\(Self.folder)/\(name).md", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        title = String(try #require(lines.first).dropFirst(2))
        let headings = lines.indices.filter { lines[$0].hasPrefix("## ") }
        let found = zip(headings, headings.dropFirst() + [lines.endIndex]).map { start, end in
            (String(lines[start].dropFirst(3)), Section(lines: Array(lines[(start + 1)..<end])))
        }
        sections = try Dictionary(found) { _, _ in throw Repeated(page: name) }
    }

    private struct Repeated: Error {
        let page: String
    }

    /// What stands below a heading.
    func section(_ heading: String) throws -> Section {
        try #require(sections[heading], "\(title) has a section \(heading)")
    }
}
