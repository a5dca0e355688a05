import Foundation
package import GatewayCore
import PluginPayloads

/// The file `reload.json`, by which `hookgate reload` learns what became of its signal.
package struct ReloadRecord: Equatable {
    /// The gateway's process.
    package var process: Int
    /// Signals that were received; written before any reload begins that covers them.
    package var received: Int
    /// The last reload that ended.
    package var last: ReloadReport?

    package init(process: Int, received: Int, last: ReloadReport?) {
        self.process = process
        self.received = received
        self.last = last
    }

    /// Reads a file; `nil` if there is none that makes sense.
    package init?(path: String) {
        guard let data = FileManager.default.contents(atPath: path),
            let value = try? JSONValue(json: String(decoding: data, as: UTF8.self)),
            let process = value["pid"]?.int, let received = value["received"]?.int
        else { return nil }
        self.init(process: process, received: received, last: value["last_reload"].flatMap(ReloadReport.init))
    }

    /// Replaces a file whole, so that a reader never sees half of it.
    package func write(to path: String) throws {
        let object: JSONObject = [
            "pid": .int(Int64(process)), "received": .int(Int64(received)),
            "last_reload": last.map { .object($0.object) } ?? .null,
        ]
        try Data((object.description + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
