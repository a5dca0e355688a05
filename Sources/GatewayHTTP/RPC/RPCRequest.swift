import GatewayCore
import PluginPayloads

/// A request of JSON-RPC 2.0.
struct RPCRequest: Sendable {
    /// A text or an integer; `nil` for a notification, which is not answered.
    let id: BlockValue?
    let method: String
    /// An object.
    let parameters: BlockValue

    /// Reads a request.
    ///
    /// - Throws: ``Malformed``.
    init(_ value: BlockValue) throws(Malformed) {
        guard !value.isArray else {
            throw Malformed(id: nil, "batches are not supported; send each request by itself")
        }
        guard value.isObject else { throw Malformed(id: nil, "expected an object, found \(value.typeDescription)") }
        let id = value["id"]
        if let id, id.string == nil, id.int64 == nil {
            throw Malformed(id: nil, "id: expected a string or an integer, found \(id.typeDescription)")
        }
        guard value["jsonrpc"]?.string == "2.0" else { throw Malformed(id: id, "jsonrpc: expected \"2.0\"") }
        guard let method = value["method"]?.string else { throw Malformed(id: id, "method: expected a string") }
        let parameters = value["params"].flatMap { $0.isNull ? nil : $0 } ?? PayloadBlock.emptyObject.root
        guard parameters.isObject else {
            throw Malformed(
                id: id,
                "params: expected an object, found \(parameters.typeDescription)",
                code: RPCFault.invalidParameters
            )
        }
        self.id = id
        self.method = method
        self.parameters = parameters
    }

    /// A request that is none.
    struct Malformed: Error {
        /// The request's, as far as it can be known.
        let id: BlockValue?
        let error: GatewayError

        init(id: BlockValue?, _ message: String, code: Int = RPCFault.invalidRequest) {
            self.id = id
            error = GatewayError.badRequest(message)
                .with(rpcCode: code, httpStatus: code == RPCFault.invalidRequest ? 400 : 200)
        }
    }
}
