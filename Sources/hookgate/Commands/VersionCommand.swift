import ArgumentParser
import GatewayApp

/// The command `hookgate version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Prints the version, and the plugin interface that it speaks."
    )

    func run() {
        print("hookgate \(GatewayVersion.gateway), plugin interface \(GatewayVersion.interface)")
    }
}
