import Foundation
import PluginPayloads

/// The file `mode_overrides.json`: the modes of plugins that were set at run time.
package struct ModeFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads the modes by the names of the plugins; without a file there are none.
    ///
    /// - Throws: ``GatewayFailure`` if the file says nothing that makes sense.
    package func modes() throws(GatewayFailure) -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        guard let object = try? JSONValue(json: String(decoding: data, as: UTF8.self)).object,
            object.allSatisfy({ $0.value.string != nil })
        else {
            throw GatewayFailure(
                "\(path) is no JSON object of modes by the names of plugins; correct it, or remove it to go back to "
                    + "the modes of the configuration"
            )
        }
        return Dictionary(object.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
    }

    /// Replaces the file whole, so that no start ever sees half of it.
    func save(_ modes: [String: String]) throws {
        let object = JSONObject(modes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        try Data((object.description + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
