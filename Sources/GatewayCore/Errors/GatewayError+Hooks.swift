package import PluginPayloads

extension HookOutcome {
    /// Lets a request pass, or says why it does not.
    ///
    /// - Parameter hook: The hook that the outcome is of.
    /// - Throws: What the client is told.
    package func requirePassed(_ hook: HookName) throws(GatewayError) {
        guard !continueProcessing else { return }
        if let error { throw GatewayError(error, in: hook) }
        guard let violation else { throw GatewayError(status: 422, "\(hook) blocked by plugin") }
        throw GatewayError(violation, in: hook)
    }
}

extension GatewayError {
    /// A plugin's verdict: `HOOK blocked by plugin NAME: CODE - REASON (DESCRIPTION)`.
    init(_ violation: PluginViolation, in hook: HookName) {
        let verdict = "\(violation.code) - \(violation.reason) (\(violation.description))"
        self.init(
            status: ViolationStatus.status(of: violation),
            "\(hook) blocked by plugin \(violation.pluginName): \(verdict)",
            details: .object(violation.object),
            headers: ResponseHeaders.allowed(violation.httpHeaders ?? [:]),
            plugin: violation.pluginName
        )
        rpc = RPCFault(
            code: violation.mcpErrorCode ?? RPCFault.invalidParameters,
            httpStatus: ViolationStatus.ownStatus(of: violation) ?? 200,
            data: [
                "plugin_name": .string(violation.pluginName), "plugin_error_code": .string(violation.code),
                "description": .string(violation.description), "details": .object(violation.details),
            ]
        )
    }

    /// A plugin's failure; its own text is for the log, not for clients.
    init(_ error: PluginError, in hook: HookName) {
        let code = error.code.description
        guard error.code != .payloadTooLarge else {
            self.init(status: 413, "\(hook): \(error.message)", details: ["code": .string(code)])
            rpc = RPCFault(code: RPCFault.internalError, data: ["plugin_error_code": .string(code)])
            return
        }
        self.init(
            status: Self.status(of: error.code),
            "\(hook) failed: plugin \(error.pluginName): \(code)",
            details: ["code": .string(code), "plugin_name": .string(error.pluginName)],
            plugin: error.pluginName,
            reason: "\(code): \(error.message)"
        )
        rpc = RPCFault(
            code: RPCFault.internalError,
            data: ["plugin_name": .string(error.pluginName), "plugin_error_code": .string(code)]
        )
    }

    static func status(of code: PluginError.Code) -> Int {
        switch code {
        case .timeout: 504
        case .unavailable, .overloaded: 503
        default: 500
        }
    }
}
