import ArgumentParser
import GatewayApp
import PluginJournal
import PluginPayloads

/// The command `hookgate plugin quarantine`.
struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Shows and forgets which plugins have crashed the gateway.",
        discussion: """
            A plugin's file that crashes the gateway again and again is quarantined:
            plugin_settings.quarantine_after, quarantine_window and quarantine_action
            say when, and what that means. Another build of it is another file.

            Works while a gateway runs and while none does.
            """,
        subcommands: [List.self, Clear.self]
    )

    /// Where the quarantine is.
    struct Place: ParsableArguments {
        @Option(help: ArgumentHelp("The gateway's data directory.", valueName: "dir"))
        var dataDir: String?

        var directory: DataDirectory { DataDirectory(existing: dataDir ?? DataDirectory.standard(.process)) }
        var file: QuarantineFile { QuarantineFile(directory.quarantineFile) }
    }

    /// The command `hookgate plugin quarantine list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows every file of a plugin that is remembered for a crash."
        )

        @Option(help: "How to print the list.")
        var format = OutputFormat.text

        @OptionGroup var place: Place

        func run() throws {
            let (record, problem) = try reporting { () throws(JournalError) in try place.file.read() }
            if let problem { StandardError.print("warning: \(problem)") }
            switch format {
            case .json: print(JSONValue.array(record.files.map(JSONValue.object)))
            case .text: print(record.text)
            }
        }
    }

    /// The command `hookgate plugin quarantine clear`.
    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets what plugins have done, so that they run again: at the next start or reload."
        )

        @Argument(help: "The plugin's name, or the beginning of its file's digest: 8 digits or more.")
        var plugin: String?

        @Flag(help: "Forget all of them.")
        var all = false

        @OptionGroup var place: Place

        func validate() throws {
            guard all == (plugin == nil) else { throw ValidationError("name a plugin or its digest, or say --all") }
        }

        func run() throws {
            let selection = plugin.map(QuarantineRecord.Selection.file) ?? .all
            let (cleared, problem) = try reporting { () throws(JournalError) in
                try place.file.checkUser()
                return try place.file.update { $0.clear(selection) }
            }
            if let problem { StandardError.print("warning: \(problem)") }
            for (digest, name) in cleared { print("cleared \(name) (\(digest))") }
            if let plugin, cleared.isEmpty {
                StandardError.print(
                    "error: nothing is remembered of \"\(plugin)\"; hookgate plugin quarantine list shows all"
                )
                throw ExitCode.failure
            }
            if !cleared.isEmpty, let owner = ProcessLock.owner(of: place.directory) {
                print("the gateway (process \(owner)) takes it into account at the next reload: hookgate reload")
            }
        }
    }
}

/// Does something with the quarantine's file; what is in the way of that ends the command.
private func reporting<Value>(_ body: () throws(JournalError) -> Value) throws(ExitCode) -> Value {
    do throws(JournalError) { return try body() } catch {
        StandardError.print("error: \(error)")
        throw ExitCode.failure
    }
}

extension QuarantineRecord {
    /// The files as a person reads them.
    fileprivate var text: String {
        guard !entries.isEmpty else { return "no plugin is remembered for a crash" }
        let blocks = entries.sorted { ($0.value.names.first ?? "", $0.key) < ($1.value.names.first ?? "", $1.key) }
            .map { digest, entry in
                let state = entry.quarantined.map { "quarantined since \($0)" } ?? "not quarantined"
                let crashes = entry.crashes.reversed().map { "  \($0.text)" }
                return (["\(entry.names.joined(separator: ", ")): \(state)", "  file \(digest)"] + crashes)
                    .joined(separator: "\n")
            }
        return blocks.joined(separator: "\n")
    }

    /// The files as programs read them.
    fileprivate var files: [JSONObject] {
        let entries = object["plugins"]?.object ?? [:]
        return entries.map { digest, entry in
            var file: JSONObject = ["sha256": .string(digest)]
            for (key, value) in entry.object ?? [:] { file[key] = value }
            return file
        }
    }
}
