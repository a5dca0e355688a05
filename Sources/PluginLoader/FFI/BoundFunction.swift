package import CHookgate
import Glibc

/// A C function that serves a hook: its call interface, its address, and the fields that are its arguments.
///
/// The caller vouches for the function: that it has exactly the signature's type, that its library stays loaded, and
/// that several threads may call it at the same time.
package final class BoundFunction: Sendable {
    /// What the function takes and answers.
    package let signature: FunctionSignature

    /// Whether the function's result may change the payload.
    var mayModify: Bool {
        if case .replace = signature.outcome { true } else { false }
    }

    private let interface: CallInterface
    private let fields: FieldTable
    private let arguments: [Argument]

    // The address of code, which nobody writes: any thread may read and call it.
    private nonisolated(unsafe) let function: @convention(c) () -> Void

    /// What one parameter passes, and the slot of its first argument: the signature without its texts.
    private enum Argument: Sendable {
        case call(slot: Int)
        case field(FunctionSignature.FieldType, Int, isOptional: Bool, slot: Int)
    }

    /// Binds a function.
    ///
    /// - Parameters:
    ///   - function: The function, cast from its own type.
    ///   - signature: Its type, and the fields that it wants.
    /// - Throws: What libffi does not support on this machine.
    package init(
        _ function: @convention(c) () -> Void,
        signature: FunctionSignature
    ) throws(CallInterfaceError) {
        var fields = FieldTable()
        var slot = 0
        self.arguments = signature.parameters.map { parameter in
            defer { slot += parameter.argumentCount }
            return switch parameter {
            case .call: .call(slot: slot)
            case .field(let type, let path, let isOptional):
                .field(type, fields.add(path), isOptional: isOptional, slot: slot)
            }
        }
        self.fields = fields
        unsafe self.function = function
        self.signature = signature
        self.interface = try CallInterface(signature)
    }

    /// Calls the function with the fields of a payload.
    ///
    /// - Parameters:
    ///   - payload: A valid block, which is not freed before the function returns.
    ///   - call: What `call` passes; the same holds for it.
    /// - Returns: What the function says, or why it could not be asked. Its text is copied.
    package func invoke(payload: UnsafePointer<hg_block>, call: UnsafeMutablePointer<hg_call>?) -> BoundResult {
        let count = interface.argumentCount
        do throws(FieldError) {
            return try unsafe withUnsafeTemporaryAllocation(
                byteCount: ArgumentSlots.byteCount(count),
                alignment: 8
            ) { memory throws(FieldError) in
                let slots = unsafe ArgumentSlots(count: count, in: memory)
                let copiesSize = try unsafe fill(slots, from: payload, call: call)
                guard copiesSize > 0 else { return unsafe callFunction(slots) }
                return try unsafe withUnsafeTemporaryAllocation(
                    byteCount: copiesSize,
                    alignment: 1
                ) { copies throws(FieldError) in
                    try unsafe copyTexts(of: payload, to: copies, for: slots)
                    return unsafe callFunction(slots)
                }
            }
        } catch {
            return .failure(error.description)
        }
    }

    /// Sets all arguments.
    ///
    /// - Returns: How many bytes the copies for `cstr` need.
    private func fill(
        _ slots: ArgumentSlots,
        from payload: UnsafePointer<hg_block>,
        call: UnsafeMutablePointer<hg_call>?
    ) throws(FieldError) -> Int {
        let root = unsafe hg_root(payload)
        var copiesSize = 0
        for argument in arguments {
            switch argument {
            case .call(let slot):
                guard let call = unsafe call else {
                    throw FieldError("the signature wants the call, and there is none")
                }
                unsafe slots.set(slot, to: call)
            case .field(let type, let field, let isOptional, let slot):
                let isOfType = unsafe slots.set(slot, to: fields.value(of: field, in: root), as: type)
                guard isOfType || isOptional else {
                    throw unsafe fields.paths[field].mismatch(with: type, in: root)
                }
                if type == .cstr, let text = unsafe slots.text(slot, in: payload) {
                    unsafe copiesSize += text.size + 1
                }
            }
        }
        return copiesSize
    }

    /// Replaces the texts of all `cstr` arguments by NUL-terminated copies.
    private func copyTexts(
        of payload: UnsafePointer<hg_block>,
        to copies: UnsafeMutableRawBufferPointer,
        for slots: ArgumentSlots
    ) throws(FieldError) {
        var free = unsafe copies
        for case .field(.cstr, let field, _, let slot) in arguments {
            guard let text = unsafe slots.text(slot, in: payload) else { continue }
            guard unsafe memchr(text.data, 0, text.size) == nil else {
                throw FieldError("field \"\(fields.paths[field])\" has a NUL in it, which cstr cannot carry")
            }
            unsafe free.copyMemory(from: UnsafeRawBufferPointer(start: text.data, count: text.size))
            unsafe free[text.size] = 0
            unsafe slots.set(slot, to: free.baseAddress)
            unsafe free = UnsafeMutableRawBufferPointer(rebasing: free[(text.size + 1)...])
        }
    }

    /// Calls the function, and copies what it returns.
    private func callFunction(_ slots: ArgumentSlots) -> BoundResult {
        guard let answer = unsafe interface.call(function, slots.addresses.baseAddress) else { return .continue }
        guard let text = unsafe String(validatingCString: answer) else {
            return .failure("the function returned a text that is not UTF-8")
        }
        return switch signature.outcome {
        case .void: .continue
        case .deny: .denial(text)
        case .replace(let path): .replace(FieldReplacement(of: path, with: text))
        }
    }
}
