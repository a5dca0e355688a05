import CHookgate
import CTestFunctions
import PluginLoader
import PluginPayloads
import Testing

/// A function of the C test library, bound by a signature.
struct TestFunction: Sendable {
    let bound: BoundFunction

    init(_ name: String, _ signature: String, allowsCall: Bool = false) throws {
        let function = try #require(unsafe test_function(name))
        let signature = try FunctionSignature(parsing: signature, allowsCall: allowsCall)
        self.bound = try BoundFunction(function, signature: signature)
    }

    /// Calls the function with the fields of a payload.
    func callAsFunction(_ payload: JSONValue) throws -> BoundResult {
        try unsafe PayloadBlock(payload).withUnsafeBlock { unsafe bound.invoke(payload: $0, call: nil) }
    }
}

extension BoundResult {
    /// The result of a function that echoes into `result`.
    static func echo(_ text: String) -> BoundResult {
        .replace(FieldReplacement(of: FieldPath("result"), with: text))
    }
}
