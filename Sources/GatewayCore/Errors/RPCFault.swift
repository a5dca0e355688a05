package import PluginPayloads

/// What JSON-RPC says of an error.
package struct RPCFault: Sendable, Equatable {
    package var code: Int
    /// The status of the HTTP response that carries the error: 200, for the transport has done its work, unless the
    /// error itself asks for another, such as 429.
    package var httpStatus: Int
    /// More about it, for programs.
    package var data: JSONObject?

    package init(code: Int, httpStatus: Int = 200, data: JSONObject? = nil) {
        self.code = code
        self.httpStatus = httpStatus
        self.data = data
    }

    package static let parseError = -32_700
    package static let invalidRequest = -32_600
    package static let methodNotFound = -32_601
    package static let invalidParameters = -32_602
    package static let internalError = -32_603
    package static let resourceNotFound = -32_002
    package static let forbidden = -32_003
}

extension GatewayError {
    /// What JSON-RPC says of the error.
    package var fault: RPCFault {
        if let rpc { return rpc }
        return switch status {
        case 401, 403: RPCFault(code: RPCFault.forbidden, httpStatus: status)
        case 400...499: RPCFault(code: RPCFault.invalidParameters)
        case 503: RPCFault(code: RPCFault.internalError, httpStatus: status)
        default: RPCFault(code: RPCFault.internalError)
        }
    }

    /// The same error as JSON-RPC says it with another code.
    package func with(rpcCode code: Int, httpStatus: Int = 200) -> GatewayError {
        var error = self
        error.rpc = RPCFault(code: code, httpStatus: httpStatus)
        return error
    }

    /// The same error as the answer to a request of JSON-RPC.
    ///
    /// - Parameter id: The request's; null if it is not known.
    /// - Returns: The error, whose body is the envelope.
    package func enveloped(_ id: JSONValue) -> GatewayError {
        let fault = fault
        var object: JSONObject = ["code": .int(Int64(fault.code)), "message": .string(message)]
        object["data"] = fault.data.map(JSONValue.object)
        var error = answered(["jsonrpc": "2.0", "id": id, "error": .object(object)])
        error.status = fault.httpStatus
        return error
    }
}
