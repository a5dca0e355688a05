package import PluginHooks
package import PluginPayloads

/// A hook that is a function of an existing library, which knows nothing of hooks.
package final class FunctionHandler: HookHandler {
    package let hook: HookName
    private let function: BoundFunction
    private let library: SharedLibrary
    private let mark: JournalMark

    /// Binds a symbol of a library.
    ///
    /// - Parameters:
    ///   - symbol: The function's name.
    ///   - library: The library, which stays mapped as long as this handler and its calls.
    ///   - signature: Its type, and the fields that it wants.
    ///   - hook: The hook that it serves.
    ///   - journalNumber: What the crash journal calls the plugin; 0 if there is none.
    /// - Throws: That the library does not export the symbol.
    package init(
        symbol: String,
        of library: SharedLibrary,
        signature: FunctionSignature,
        hook: HookName,
        journalNumber: UInt32 = 0
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
        mark = JournalMark(plugin: journalNumber, hook.text)
    }

    /// Whether the function's result may change the payload.
    package var mayModify: Bool { function.mayModify }

    package func run(_ call: HookCall) -> HookProgress {
        let result = mark.around(call) { unsafe function.invoke(payload: call.payload.unsafeBlock, call: nil) }
        do throws(FieldError) {
            guard let effect = try result.effect(on: call.payload) else { return .finished(.completed(nil)) }
            let effects = HookEffects()
            effect(effects)
            return .finished(.completed(effects))
        } catch {
            return .finished(.failed(.failed, message: error.description))
        }
    }
}

extension BoundResult {
    /// What the result changes in a hook's effects.
    ///
    /// - Parameter payload: The payload that the function was called with.
    /// - Returns: The change; `nil` if there is none.
    /// - Throws: Why the function could not be asked, or its answer is none.
    func effect(on payload: PayloadBlock) throws(FieldError) -> ((HookEffects) -> Void)? {
        switch self {
        case .continue: return nil
        case .deny(let code, let reason):
            return { $0.denial = PluginViolation(reason: reason, description: reason, code: code) }
        case .replace(let replacement):
            let reply = try replacement.reply(to: payload)
            return { $0.reply = reply }
        case .failure(let message): throw FieldError(message)
        }
    }
}
