import PluginLoader
import PluginPayloads

extension FuzzTarget {
    /// The signature of a bound function: what is read can be called by libffi.
    package static let signature = FuzzTarget("signature") { input in
        let text = String(decoding: input, as: UTF8.self)
        let signature: FunctionSignature
        do throws(SignatureError) { signature = try FunctionSignature(parsing: text, allowsCall: true) } catch {
            try demand((0...text.unicodeScalars.count).contains(error.offset), "an error lies within the text")
            try demand(!error.message.isEmpty, "a refusal says why")
            return .refused
        }
        try demand(signature.parameters.count <= FunctionSignature.maximumParameters, "there are too many parameters")
        let calls = signature.parameters.count { $0 == .call }
        try demand(calls <= 1, "there is one call at most")
        let bound = try? FunctionSignature(parsing: text, allowsCall: false)
        try demand(bound == (calls == 0 ? signature : nil), "only plugins may take the call")
        do throws(CallInterfaceError) { _ = try CallInterface(signature) } catch {
            throw BrokenInvariant("libffi refuses what was read: \(error)")
        }
        for hook in HookName.standard { _ = signature.lostPath(in: hook) }
        return .accepted
    }
}
