import GatewayCore
import PluginPayloads

/// The members of a request's body.
extension BlockValue {
    /// An object that may be absent or null, which count as an empty one.
    func object(_ key: String) throws(GatewayError) -> BlockValue {
        guard let value = self[key], !value.isNull else { return PayloadBlock.emptyObject.root }
        guard value.isObject else {
            throw .unprocessable("\(key): expected an object, found \(value.typeDescription)")
        }
        return value
    }

    /// A text that has to be there.
    func text(_ key: String) throws(GatewayError) -> String {
        guard let value = self[key] else { throw .unprocessable("\(key): missing") }
        guard let text = value.string else {
            throw .unprocessable("\(key): expected a string, found \(value.typeDescription)")
        }
        return text
    }
}
