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
        case .json: appendJSON(line, to: &text)
        case .text: text += plain(line)
        }
        text += "\n"
    }

    private func appendJSON(_ line: LogLine, to text: inout String) {
        switch line.content {
        case .message(let message, let metadata):
            var object: JSONObject = [
                "time": .string(line.time.text), "level": .string(line.level.rawValue), "message": .string(message),
            ]
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where object[key] == nil {
                object[key] = Self.value(value)
            }
            text += object.description
        case .access(let entry):
            text += "{\"time\":\"\(line.time.text)\",\"level\":\"info\",\"message\":\"request\","
            appendJSON(entry, to: &text)
        }
    }

    /// Appends the fields of a request piece by piece: there may be tens of thousands in a second.
    private func appendJSON(_ entry: AccessEntry, to text: inout String) {
        text += "\"request_id\":"
        Self.appendJSON(entry.requestID, to: &text)
        text += ",\"method\":"
        Self.appendJSON(entry.method, to: &text)
        text += ",\"path\":"
        Self.appendJSON(entry.path, to: &text)
        text += ",\"status\":\(entry.status)"
        if let bytes = entry.bytes { text += ",\"bytes\":\(bytes)" }
        text += ",\"microseconds\":\(entry.nanoseconds / 1_000)"
        if let plugin = entry.plugin {
            text += ",\"plugin\":"
            Self.appendJSON(plugin, to: &text)
        }
        text += "}"
    }

    private static func appendJSON(_ string: String, to text: inout String) {
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
            text += "\""
            text += string
            text += "\""
        } else {
            text += JSONValue.string(string).description
        }
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
