import GatewayCore
import GatewayHTTP
import Logging
import PluginPayloads

/// Turns lines into text.
package struct LogFormatter: Sendable {
    private let format: LogFormat
    private let usesColour: Bool

    package init(format: LogFormat, usesColour: Bool) {
        self.format = format
        self.usesColour = usesColour
    }

    /// Appends a line and its end.
    package func append(_ line: LogLine, to text: inout String) {
        switch format {
        case .json: text += json(line).description
        case .text: text += plain(line)
        }
        text += "\n"
    }

    private func json(_ line: LogLine) -> JSONObject {
        var object: JSONObject = ["time": .string(line.time.text), "level": .string(line.level.rawValue)]
        switch line.content {
        case .message(let message, let metadata):
            object["message"] = .string(message)
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where object[key] == nil {
                object[key] = Self.value(value)
            }
        case .access(let entry):
            object["message"] = "request"
            object["request_id"] = .string(entry.requestID)
            object["method"] = .string(entry.method)
            object["path"] = .string(entry.path)
            object["status"] = .int(Int64(entry.status))
            object["bytes"] = entry.bytes.map { .int(Int64($0)) }
            object["microseconds"] = .int(entry.nanoseconds / 1_000)
            object["plugin"] = entry.plugin.map(JSONValue.string)
        }
        return object
    }

    private static func value(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string("\(value)")
        case .array(let values): .array(values.map(Self.value))
        case .dictionary(let values):
            .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, Self.value($0.value)) }))
        }
    }

    private func plain(_ line: LogLine) -> String {
        let level = line.level.rawValue
        let padding = String(repeating: " ", count: max(0, 8 - level.count))
        return
            "\(line.time.text.dropFirst(11).dropLast()) \(coloured(level, line.level))\(padding) \(plain(line.content))"
    }

    private func plain(_ content: LogLine.Content) -> String {
        switch content {
        case .message(let message, let metadata):
            let fields = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted("\($0.value)"))" }
            return ([message] + fields).joined(separator: " ")
        case .access(let entry):
            let plugin = entry.plugin.map { " plugin=\(Self.quoted($0))" } ?? ""
            let time = "\(entry.nanoseconds / 1_000)µs"
            return "\(entry.method) \(Self.quoted(entry.path)) \(entry.status) \(time) id=\(entry.requestID)\(plugin)"
        }
    }

    /// A text as it is if nothing in it could be mistaken, else as a JSON string.
    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
        return isPlain ? text : JSONValue.string(text).description
    }

    private func coloured(_ text: String, _ level: Logger.Level) -> String {
        guard usesColour else { return text }
        switch level {
        case .critical, .error: return "\u{1B}[31m\(text)\u{1B}[0m"
        case .warning: return "\u{1B}[33m\(text)\u{1B}[0m"
        case .notice, .info: return "\u{1B}[32m\(text)\u{1B}[0m"
        case .debug, .trace: return "\u{1B}[2m\(text)\u{1B}[0m"
        }
    }
}
