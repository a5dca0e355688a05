package import PluginHooks
package import PluginPayloads

/// A hook that is a function of an existing library, which knows nothing of hooks.
package final class FunctionHandler: HookHandler {
    package let hook: HookName
    private let function: BoundFunction
    private let library: SharedLibrary

    /// Binds a symbol of a library.
    ///
    /// - Parameters:
    ///   - symbol: The function's name.
    ///   - library: The library, which stays mapped as long as this handler and its calls.
    ///   - signature: Its type, and the fields that it wants.
    ///   - hook: The hook that it serves.
    /// - Throws: That the library does not export the symbol.
    package init(
        symbol: String, of library: SharedLibrary, signature: FunctionSignature, hook: HookName
    ) throws(LoadError) {
        guard let address = unsafe library.address(of: symbol) else {
            throw LoadError("\(library.path) exports no `\(symbol)`")
        }
        // The configuration vouches for the type; see `BoundFunction`.
        let function = unsafe unsafeBitCast(address, to: (@convention(c) () -> Void).self)
        do throws(CallInterfaceError) {
            self.function = try BoundFunction(function, signature: signature)
        } catch {
            throw LoadError("\(error)")
        }
        self.hook = hook
        self.library = library
    }

    package func makeCall(
        _ hook: PlannedHook, payload: PayloadBlock, request: RequestState, deadline: UInt64
    ) -> HookCall {
        HookCall(hook, payload: payload, request: request, deadline: deadline)
    }

    package func run(_ call: HookCall) -> HookProgress {
        .finished(unsafe function.invoke(payload: call.payload.unsafeBlock, call: nil).response(to: call.payload))
    }

    package func cancel(_ call: HookCall) {}
}

extension BoundResult {
    /// The result as a plugin's response.
    func response(to payload: PayloadBlock) -> HookResponse {
        let effects = HookEffects()
        switch self {
        case .continue: return .completed(nil)
        case .deny(let code, let reason):
            effects.denial = PluginViolation(reason: reason, description: reason, code: code)
        case .replace(let replacement):
            do throws(FieldError) {
                effects.reply = try replacement.reply(to: payload)
            } catch {
                return .failed(.failed, message: error.description)
            }
        case .failure(let message): return .failed(.failed, message: message)
        }
        return .completed(effects)
    }
}
