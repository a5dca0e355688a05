import Glibc
package import TestSupport

/// A place to run a gateway in: a configuration, plugins and a data directory, gone with the test.
package final class GatewaySite: Sendable {
    package let directory: TemporaryDirectory
    /// Where plugins run whose entry does not say it.
    package let isolation = TestedIsolation.current

    /// - Parameter configuration: The text of `config.yaml`; `nil` for no file.
    /// - Throws: That the directory cannot be made.
    package init(_ configuration: String? = nil) throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectory("drop")
        if let configuration { try configure(configuration) }
    }

    /// The data directory; the gateway makes it.
    package var data: String { directory("data") }

    /// The configuration file.
    package var configuration: String { directory("config.yaml") }

    /// Writes the configuration file.
    ///
    /// `$SITE` in it stands for the site's directory, and `$ISOLATION` for where the test's plugins run.
    package func configure(_ text: String) throws {
        let text = text.replacing("$ISOLATION", with: isolation.rawValue)
        try directory.write(text.replacing("$SITE", with: directory.path), to: "config.yaml")
    }

    /// Drops a build of a plugin that appends a mark to the argument `marks` of prompts.
    package func drop(_ kind: String, mark: String) throws {
        try directory.write(NamedPlugin.prompts(kind: kind, mark: mark), to: "drop/\(kind).so")
    }

    /// What says in an environment where plugins run; nothing if that is where they run without a word.
    package var isolationVariable: String { isolation == .process ? isolation.rawValue : "" }

    /// A text with `$SITE` for the site's directory.
    package func shortened(_ text: String) -> String { text.replacing(directory.path, with: "$SITE") }
}
