import PluginPayloads
import PluginSDK

/// Headers to set, and to remove.
struct HeaderChanges: Sendable {
    private var changes: [(name: String, value: String?)]

    init(_ headers: [(String, String)]) {
        changes = headers.map { ($0, $1) }
    }

    /// Reads headers from the configuration, where `null` stands for removal.
    init(_ headers: JSONObject, at pointer: String, mayRemove: Bool) throws(ConfigurationProblem) {
        changes = []
        for (name, value) in headers {
            let place = pointer + "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
            guard HeaderText.isName(name) else { throw ConfigurationProblem(at: place, "this is no name of a header") }
            switch value {
            case .null where mayRemove: changes.append((name, nil))
            case .string(let text) where HeaderText.isValue(text): changes.append((name, text))
            case .string:
                throw ConfigurationProblem(at: place, "a header's value is printable ASCII, without blanks at its ends")
            default:
                let expected = mayRemove ? "a string or null" : "a string"
                throw ConfigurationProblem(at: place, "expected \(expected), found \(value.typeDescription)")
            }
        }
    }

    /// These changes, and then others.
    func followed(by others: HeaderChanges) -> HeaderChanges {
        var all = self
        all.changes += others.changes
        return all
    }

    /// Applies the changes.
    func apply(to headers: inout HTTPHeaders) {
        for (name, value) in changes { headers[name] = value }
    }
}
