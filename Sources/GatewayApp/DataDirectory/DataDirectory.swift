import Foundation
import PluginRuntime
import PluginStore

/// The folder of a gateway's state: its database, private copies of plugins, and who runs on it.
package struct DataDirectory: Sendable {
    /// The folder.
    package let path: String

    /// Takes a folder that nobody else can change, and makes it with access for its owner alone if it is missing.
    ///
    /// - Throws: ``GatewayFailure`` if that cannot be.
    package init(_ path: String) throws(GatewayFailure) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw GatewayFailure(
                "cannot make the data directory \(path): \(error.localizedDescription); name another with --data-dir"
            )
        }
        try Self.checkOwners(path)
    }

    /// Whoever could write to the folder, or put another one in its place, could have the gateway run his code.
    private static func checkOwners(_ path: String) throws(GatewayFailure) {
        let problem: String?
        do throws(StoreError) {
            problem = try OwnerRule.ofThisProcess.fault(inDirectory: path)?.text(ofPlace: path)
        } catch {
            problem = error.description
        }
        guard let problem else { return }
        throw GatewayFailure("the data directory \(path) is not safe: \(problem), or name another with --data-dir")
    }

    /// Takes a folder as it is: nothing is made if it is missing.
    package init(existing path: String) {
        self.path = path
    }

    /// Where private copies of plugins lie; commands may share it with a gateway.
    package var store: String { path + "/store" }
    var database: String { path + "/hookgate.sqlite" }
    var processFile: String { path + "/hookgate.pid" }
    var reloadFile: String { path + "/reload.json" }
    /// What the plugins of the gateway are doing, for the start after a crash.
    var crashJournal: String { path + "/crash.journal" }
    /// Which plugins are quarantined for crashes.
    package var quarantineFile: String { path + "/quarantine.json" }
    /// Modes of plugins that were set at run time.
    package var modeFile: ModeFile { ModeFile(path: path + "/mode_overrides.json") }

    /// The folder that is used when none is named: `$HOOKGATE_DATA_DIR`, `$XDG_STATE_HOME/hookgate`, or
    /// `~/.local/state/hookgate`.
    package static func standard(_ environment: GatewayEnvironment) -> String {
        environment["HOOKGATE_DATA_DIR"] ?? Installation.stateDirectory { environment[$0] }
    }
}
