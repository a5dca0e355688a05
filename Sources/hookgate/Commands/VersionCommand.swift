import ArgumentParser
import CHookgate

/// The command `hookgate version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Prints the version, and the plugin interface that it speaks."
    )

    func run() {
        print("hookgate 0.1.0, plugin interface \(HG_ABI_MAJOR).\(HG_ABI_MINOR)")
    }
}
