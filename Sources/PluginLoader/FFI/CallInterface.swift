import CFFI

/// How libffi calls the functions of one signature: their argument types, prepared once.
///
/// Unchecked, because the pointers hide it: the memory is this object's own, is written by `init` alone, and
/// `ffi_call` only reads it, so any number of threads may call at the same time.
@safe
package final class CallInterface: @unchecked Sendable {
    private let interface: UnsafeMutablePointer<ffi_cif>
    private let argumentTypes: UnsafeMutableBufferPointer<UnsafeMutablePointer<ffi_type>?>

    /// How many arguments the function has; `str` counts twice.
    var argumentCount: Int { unsafe argumentTypes.count }

    /// Prepares the calls of a signature.
    ///
    /// - Parameter signature: What the function takes and answers.
    /// - Throws: What libffi does not support on this machine.
    package init(_ signature: FunctionSignature) throws(CallInterfaceError) {
        let types = unsafe signature.parameters.flatMap { unsafe $0.argumentTypes }
        unsafe argumentTypes = .allocate(capacity: types.count)
        _ = unsafe argumentTypes.initialize(fromContentsOf: types)
        unsafe interface = .allocate(capacity: 1)
        unsafe interface.initialize(to: ffi_cif())
        let result = unsafe signature.outcome == .void ? hookgate_ffi_type_void() : hookgate_ffi_type_pointer()
        let status = unsafe ffi_prep_cif(
            interface,
            FFI_DEFAULT_ABI,
            UInt32(types.count),
            result,
            argumentTypes.baseAddress
        )
        guard status == FFI_OK else { throw CallInterfaceError(status: status.rawValue) }
    }

    deinit {
        unsafe argumentTypes.deallocate()
        unsafe interface.deallocate()
    }

    /// Calls a function of this interface.
    ///
    /// - Parameters:
    ///   - function: A function of exactly the signature's type.
    ///   - arguments: The addresses of the values of all arguments; they and what they point to stay valid meanwhile.
    /// - Returns: The text that the function returned; null if it returns nothing.
    func call(
        _ function: @convention(c) () -> Void,
        _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> UnsafePointer<CChar>? {
        var text: UnsafePointer<CChar>?
        unsafe ffi_call(interface, function, &text, arguments)
        return unsafe text
    }
}

/// libffi refused to prepare a signature.
package struct CallInterfaceError: Error, CustomStringConvertible {
    /// The `ffi_status`.
    package let status: UInt32

    /// One line that says what happened.
    package var description: String { "libffi cannot call such a function on this machine (ffi_prep_cif: \(status))" }
}

extension FunctionSignature.Parameter {
    /// How many arguments of the function the parameter is.
    var argumentCount: Int {
        if case .field(.str, _, _) = self { 2 } else { 1 }
    }

    /// The C types of the parameter's arguments, as libffi describes them.
    fileprivate var argumentTypes: [UnsafeMutablePointer<ffi_type>?] {
        switch self {
        case .call: unsafe [hookgate_ffi_type_pointer()]
        case .field(.str, _, _): unsafe [hookgate_ffi_type_pointer(), hookgate_ffi_type_size()]
        case .field(.cstr, _, _): unsafe [hookgate_ffi_type_pointer()]
        case .field(.i64, _, _): unsafe [hookgate_ffi_type_sint64()]
        case .field(.f64, _, _): unsafe [hookgate_ffi_type_double()]
        case .field(.bool, _, _): unsafe [hookgate_ffi_type_uint8()]
        }
    }
}
